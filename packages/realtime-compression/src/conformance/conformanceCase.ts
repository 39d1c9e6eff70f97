/** One promise that every codec keeps. */
export interface ConformanceCase {
  /** The promise, as a sentence. */
  readonly name: string;
  /** @throws AssertionError of `node:assert` where the promise is broken */
  run(): Promise<void>;
}
