/** How much of a room's `reliable` publications is kept; what came first goes first. */
export interface HistoryBounds {
  /**
   * The most publications of a room that are kept. 0 keeps none.
   * @default 500
   */
  readonly maxPublications: number;
  /**
   * How long a publication is kept, in milliseconds.
   * @default 120_000
   */
  readonly maxAgeMs: number;
  /**
   * The most bytes of a room that are kept: of the payloads as JSON in UTF-8, and of nothing else.
   * @default 1_048_576
   */
  readonly maxBytes: number;
}

/** How many `latest` values of a room are kept; the longest unchanged go first. */
export interface LatestBounds {
  /**
   * The most keys of a room whose value is kept, and the most whose removal is remembered. 0 keeps
   * none.
   * @default 1_000
   */
  readonly maxKeys: number;
  /**
   * The most bytes of a room that are kept: of the payloads as JSON in UTF-8, and of nothing else.
   * @default 1_048_576
   */
  readonly maxBytes: number;
}
