/** One promise that every broker, ledger of calls or store of presence keeps. */
export interface ConformanceCase {
  /** The promise, as a sentence. */
  readonly name: string;
  /**
   * Tries it on one of its own, which it closes.
   *
   * @throws AssertionError of `node:assert` where the promise is broken
   */
  run(): Promise<void>;
}
