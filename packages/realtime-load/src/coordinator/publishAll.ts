import type { PublishPlan } from '../plan/publishPlan.ts';
import type { RunningWorker } from '../process/runningWorker.ts';
import type { RoomEnd } from '../subscribers/memberRecord.ts';
import type { PublishResult } from '../worker/loadWorker.ts';
import { TargetError } from './targetError.ts';

/** Publishes all there is. @throws TargetError where the server lets nobody publish */
export async function publishAll(
  { calls }: RunningWorker,
  plan: PublishPlan,
): Promise<PublishResult> {
  try {
    await calls.preparePublishing(plan);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TargetError(`Nothing can be published. ${reason}`, { cause });
  }
  return calls.publish();
}

/** Where the numbers of each room end. Where the load only watches: with the last that anybody got. */
export async function endsOf(
  subscribers: readonly RunningWorker[],
  published: PublishResult | null,
): Promise<readonly RoomEnd[]> {
  if (published) return published.ends;
  const highest = await Promise.all(subscribers.map(({ calls }) => calls.highest()));
  const rooms = Math.max(0, ...highest.map(({ length }) => length));
  return Array.from({ length: rooms }, (_, room) => ({
    last: Math.max(0, ...highest.map((byRoom) => byRoom[room] ?? 0)),
    uncounted: [],
  }));
}
