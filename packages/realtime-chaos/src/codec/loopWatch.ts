/** Watches for how long the loop of this process is blocked at a time; it keeps the process busy. */
export class LoopWatch {
  #longestMs = 0;
  #lastAtMs = performance.now();
  #isOver = false;

  constructor() {
    this.#turn();
  }

  /** The longest block since it was last asked, in milliseconds. */
  take(): number {
    const longestMs = Math.max(this.#longestMs, performance.now() - this.#lastAtMs);
    this.#longestMs = 0;
    this.#lastAtMs = performance.now();
    return longestMs;
  }

  end(): void {
    this.#isOver = true;
  }

  #turn(): void {
    const now = performance.now();
    this.#longestMs = Math.max(this.#longestMs, now - this.#lastAtMs);
    this.#lastAtMs = now;
    if (!this.#isOver) setImmediate(() => this.#turn());
  }
}
