import type { DeliveryCounts } from './deliveryCounts.ts';
import { SequenceTracker } from './sequenceTracker.ts';
import type { Arrival, RoomStart } from './subscriber.ts';

/** The end of a room's numbers. */
export interface RoomEnd {
  /** The last that was published. */
  readonly last: number;
  /** Those of which nobody knows that they were published. */
  readonly uncounted: readonly number[];
}

/** What one member of a room got. */
export class MemberRecord {
  readonly #counts: DeliveryCounts;
  /** What lives of the log that are over came short of. */
  #lostBefore = 0;
  #expectedBefore = 0;
  #epoch = '';
  #tracker: SequenceTracker = new SequenceTracker(null);
  #isTracked = false;

  constructor(counts: DeliveryCounts) {
    this.#counts = counts;
  }

  /** The highest number of the log's present life; 0 where nothing is numbered. */
  get highest(): number {
    return this.#isTracked ? this.#tracker.highest : 0;
  }

  /** The room was joined. What came ahead of the answer has been taken. */
  begin({ base, epoch }: RoomStart): void {
    if (this.#isTracked) return;
    this.#epoch = epoch;
    this.#tracker = new SequenceTracker(base);
    this.#isTracked = base !== null;
  }

  accept({ sequence, epoch, latencyUs }: Arrival): void {
    if (sequence === null) {
      this.#counts.take('next', latencyUs);
      return;
    }
    if (!this.#isTracked || epoch !== this.#epoch) this.#beginLife(epoch);
    this.#counts.take(this.#tracker.accept(sequence), latencyUs);
  }

  /** How many this member was to get, and how many of those never came. */
  compare(end: RoomEnd): { readonly expected: number; readonly lost: number } {
    if (!this.#isTracked) return { expected: 0, lost: 0 };
    const { last, uncounted } = end;
    return {
      expected: this.#expectedBefore + this.#tracker.expected(last, uncounted),
      lost: this.#lostBefore + this.#tracker.missing(last, uncounted),
    };
  }

  /** Up to its own last number a life that is over can be compared; what came behind is not known. */
  #beginLife(epoch: string): void {
    if (this.#isTracked) {
      const { highest } = this.#tracker;
      this.#expectedBefore += this.#tracker.expected(highest, []);
      this.#lostBefore += this.#tracker.missing(highest, []);
    }
    this.#epoch = epoch;
    this.#tracker = new SequenceTracker(this.#isTracked ? 0 : null);
    this.#isTracked = true;
  }
}
