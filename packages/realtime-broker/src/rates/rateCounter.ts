/** What was counted under a key. */
export interface RateCount {
  /** In the window that runs, what was added now included. */
  readonly spent: number;
  /** Until the window ends, in milliseconds. */
  readonly endsInMs: number;
}

/** Counts within windows of time. Nodes that share one count together. */
export interface RateCounter {
  /**
   * Adds to what a key has spent. A window begins with the first that is added, and ends by itself.
   *
   * @param amount - a whole number from 0
   * @throws RoomcastError `CONNECTION_FAILED` where nobody can count now
   */
  add(key: string, amount: number, windowMs: number): Promise<RateCount>;
}
