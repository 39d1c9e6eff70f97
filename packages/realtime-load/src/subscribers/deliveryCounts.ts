import { createHistogram, encodeHistogram, type Histogram, record } from '../figures/histogram.ts';
import { createOwnDelay } from './ownDelay.ts';
import type { ArrivalKind } from './sequenceTracker.ts';

/** What all members of one process got. */
export class DeliveryCounts {
  readonly #latencies: Histogram = createHistogram();
  readonly #ownDelays: Histogram = createHistogram();
  readonly #ownDelay: () => number = createOwnDelay();
  #delivered = 0;
  #duplicates = 0;
  #outOfOrder = 0;

  /** Counts one arrival. Only of what is new the latency is recorded. */
  take(kind: ArrivalKind, latencyUs: number | null): void {
    record(this.#ownDelays, this.#ownDelay());
    if (kind === 'duplicate') {
      this.#duplicates += 1;
      return;
    }
    this.#delivered += 1;
    if (kind === 'late') this.#outOfOrder += 1;
    if (latencyUs !== null) record(this.#latencies, latencyUs);
  }

  get counts(): {
    readonly delivered: number;
    readonly duplicates: number;
    readonly outOfOrder: number;
  } {
    return {
      delivered: this.#delivered,
      duplicates: this.#duplicates,
      outOfOrder: this.#outOfOrder,
    };
  }

  /** The latencies since the last call. */
  takeLatencies(): string {
    const encoded = encodeHistogram(this.#latencies);
    this.#latencies.reset();
    return encoded;
  }

  /** How long arrivals waited for this process. */
  get ownDelays(): string {
    return encodeHistogram(this.#ownDelays);
  }
}
