import { setTimeout as sleep } from 'node:timers/promises';
import { countReasons } from '../figures/countReasons.ts';
import { createHistogram, encodeHistogram, record } from '../figures/histogram.ts';
import { loadContract } from '../loadContract.ts';
import type { ConnectPlan } from '../plan/connectPlan.ts';
import { nowUs } from '../schedule/nowUs.ts';
import type { ConnectResult } from '../worker/loadWorker.ts';
import type { Members } from './members.ts';
import { roomcastSubscribers } from './roomcastSubscriber.ts';
import { socketIoSubscribers } from './socketIoSubscriber.ts';
import type { OpenSubscriber } from './subscriber.ts';

/** Connects at a constant rate, however long each takes; done when each is in or has failed. */
export async function connectMembers(
  plan: ConnectPlan,
  members: Members,
  signal: AbortSignal,
): Promise<ConnectResult> {
  const open = await openerOf(plan);
  const durations = createHistogram();
  const failures = countReasons();
  const connect = async ({ room, token }: ConnectPlan['members'][number]) => {
    const startedUs = nowUs();
    await members.add(room, (events) => open({ room: plan.rooms[room] ?? '', token, events }));
    record(durations, nowUs() - startedUs);
  };

  const startedUs = nowUs();
  const attempts: Promise<void>[] = [];
  for (const [index, member] of plan.members.entries()) {
    const dueMs = (index / plan.connectsPerSecond) * 1_000 - (nowUs() - startedUs) / 1_000;
    // One turn of the loop for several where they are due at once.
    if (dueMs > 1) await sleep(dueMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) break;
    attempts.push(connect(member).catch(failures.count));
  }
  await Promise.race([Promise.all(attempts), whenAborted(signal)]);
  return {
    members: members.count(plan.rooms.length),
    durations: encodeHistogram(durations),
    failures: failures.all,
  };
}

async function openerOf({ target, run, observes }: ConnectPlan): Promise<OpenSubscriber> {
  if (target.kind === 'socket.io') return socketIoSubscribers({ target, run, observes });
  const contract = await loadContract(target.contract);
  return roomcastSubscribers({ target, run, observes, contract });
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
