/** Receives counts as they happen. Names are snake case with the unit last: `handshakes_total`. */
export interface Metrics {
  /**
   * Adds to a counter.
   *
   * @param counter - the name of the counter
   * @param labels - low-cardinality labels, such as a reason
   * @param by - how much to add; 1 when left out
   */
  count(counter: string, labels?: Readonly<Record<string, string>>, by?: number): void;
}

/** Counts nothing. The default everywhere. */
export const silentMetrics: Metrics = { count: () => {} };
