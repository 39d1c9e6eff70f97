import type { WorkerSample, WorkerTotals } from '../worker/loadWorker.ts';
import { DeliveryCounts } from './deliveryCounts.ts';
import { MemberRecord, type RoomEnd } from './memberRecord.ts';
import type { Subscriber, SubscriberEvents } from './subscriber.ts';

interface Member {
  readonly room: number;
  readonly record: MemberRecord;
  readonly subscriber: Subscriber;
}

type MembersSample = Omit<WorkerSample, 'published' | 'busyShare' | 'memoryBytes'>;

/** The connections of one process, and what they got. */
export class Members {
  readonly #deliveries = new DeliveryCounts();
  readonly #members: Member[] = [];
  #failed = 0;
  #reconnects = 0;
  #gaps = 0;

  /** Opens one connection and keeps it. @throws what `open` throws */
  async add(room: number, open: (events: SubscriberEvents) => Promise<Subscriber>): Promise<void> {
    const record = new MemberRecord(this.#deliveries);
    try {
      const subscriber = await open({
        onArrival: (arrival) => record.accept(arrival),
        onReconnect: () => {
          this.#reconnects += 1;
        },
        onGap: () => {
          this.#gaps += 1;
        },
      });
      record.begin(subscriber.start);
      this.#members.push({ room, record, subscriber });
    } catch (error) {
      this.#failed += 1;
      throw error;
    }
  }

  /** How many are in each room. */
  count(rooms: number): readonly number[] {
    const counts = Array.from({ length: rooms }, () => 0);
    for (const { room } of this.#members) counts[room] = (counts[room] ?? 0) + 1;
    return counts;
  }

  sample(): MembersSample {
    return {
      joined: this.#members.length,
      failed: this.#failed,
      reconnects: this.#reconnects,
      gaps: this.#gaps,
      ...this.#deliveries.counts,
      latencies: this.#deliveries.takeLatencies(),
    };
  }

  highest(): readonly number[] {
    const highest: number[] = [];
    for (const { room, record } of this.#members) {
      highest[room] = Math.max(highest[room] ?? 0, record.highest);
    }
    return Array.from(highest, (number = 0) => number);
  }

  compare(ends: readonly RoomEnd[]): WorkerTotals {
    let expected = 0;
    let lost = 0;
    for (const { room, record } of this.#members) {
      const compared = record.compare(ends[room] ?? { last: 0, uncounted: [] });
      expected += compared.expected;
      lost += compared.lost;
    }
    return { expected, lost, ownDelays: this.#deliveries.ownDelays };
  }

  close(): void {
    for (const { subscriber } of this.#members.splice(0)) subscriber.close();
  }
}
