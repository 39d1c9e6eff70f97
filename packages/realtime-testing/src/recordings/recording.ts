/** What happened of one kind, the oldest first: a list that grows, and that can be waited at. */
export interface Recording<Entry> extends ReadonlyArray<Entry> {
  /**
   * The oldest entry that no call has returned yet, or the next one that comes. Each is returned
   * once.
   *
   * @param fits - passes others by, which are left for other calls
   * @param timeoutMs - 2,000 when left out
   * @throws an error that says what there was instead; what `fits` throws; RoomcastError
   * `INVALID_CONFIG` for a time that no timer can wait for
   */
  next(fits?: (entry: Entry) => boolean, timeoutMs?: number): Promise<Entry>;
}
