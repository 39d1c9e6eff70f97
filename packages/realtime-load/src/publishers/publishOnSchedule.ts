import { countReasons } from '../figures/countReasons.ts';
import { createHistogram, encodeHistogram, record } from '../figures/histogram.ts';
import { fillTemplate } from '../fillTemplate.ts';
import type { PublishPlan } from '../plan/publishPlan.ts';
import { nowUs } from '../schedule/nowUs.ts';
import { type Slot, slotAt } from '../schedule/schedule.ts';
import { formatStamp } from '../schedule/stamp.ts';
import { waitUntil } from '../schedule/waitUntil.ts';
import type { PublishResult } from '../worker/loadWorker.ts';
import type { Publisher } from './publisher.ts';

export interface ScheduleEvents {
  readonly signal: AbortSignal;
  onSent(): void;
}

/**
 * Publishes at a constant rate, whether or not the server keeps up: who waited for it would not see
 * what others would have to wait. The stamp has the time that was meant, not that of sending.
 */
export async function publishOnSchedule(
  plan: PublishPlan,
  publisher: Publisher,
  { signal, onSent }: ScheduleEvents,
): Promise<PublishResult> {
  const { schedule, rooms } = plan;
  const lateness = createHistogram();
  const failures = countReasons();
  const ends = rooms.map(() => ({ last: 0, uncounted: [] as number[] }));
  const pending = new Set<Promise<void>>();
  const startUs = nowUs();
  let attempted = 0;

  const send = async (slot: Slot, intendedUs: number) => {
    const end = ends[slot.room];
    if (end) end.last = slot.sequence;
    try {
      await publisher.publish(slot.room, inputOf(plan, slot, intendedUs));
    } catch (error) {
      failures.count(error);
      end?.uncounted.push(slot.sequence);
    }
  };

  while (attempted < schedule.publications && !signal.aborted) {
    const slot = slotAt(schedule, attempted);
    const intendedUs = startUs + slot.dueUs;
    await waitUntil(intendedUs, 1_000_000 / schedule.perSecond, signal);
    if (signal.aborted) break;
    record(lateness, nowUs() - intendedUs);
    const sent = send(slot, intendedUs).finally(() => pending.delete(sent));
    pending.add(sent);
    attempted += 1;
    onSent();
  }
  await Promise.all(pending);
  return { attempted, failures: failures.all, ends, lateness: encodeHistogram(lateness) };
}

function inputOf(plan: PublishPlan, { room, sequence }: Slot, intendedUs: number): unknown {
  const { run, rooms, publishing, payloadBytes } = plan;
  return fillTemplate(publishing.input, {
    room: rooms[room] ?? '',
    n: String(room + 1),
    stamp: formatStamp(run, { room, sequence, intendedUs }, payloadBytes),
  });
}
