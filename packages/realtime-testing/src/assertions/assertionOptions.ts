export interface AssertionOptions {
  /**
   * How long to wait, in milliseconds.
   * @default that of the tester; 100 where something must not come
   */
  readonly timeoutMs?: number;
}
