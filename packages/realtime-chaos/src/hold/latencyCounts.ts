/** Longer ones count as this. */
const maxMs = 60_000;

/** How often each latency was measured, to the millisecond: millions of them in little memory. */
export class LatencyCounts {
  readonly #counts: Uint32Array;

  constructor(counts: Uint32Array = new Uint32Array(maxMs + 1)) {
    this.#counts = counts;
  }

  /** What can be sent to another process. */
  get counts(): Uint32Array {
    return this.#counts;
  }

  get total(): number {
    return this.#counts.reduce((sum, one) => sum + one, 0);
  }

  add(latencyMs: number): void {
    const index = Math.min(maxMs, Math.max(0, Math.ceil(latencyMs)));
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  addAll(others: Uint32Array): void {
    for (const [ms, count] of others.entries()) {
      if (count > 0) this.#counts[ms] = (this.#counts[ms] ?? 0) + count;
    }
  }

  /** What a part of all, from 0 to 1, does not exceed; 0 where there are none. */
  percentile(part: number): number {
    let left = Math.ceil(this.total * part);
    if (left === 0) return 0;
    for (const [ms, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return ms;
    }
    return maxMs;
  }
}
