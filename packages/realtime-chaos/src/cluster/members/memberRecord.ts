/** What a member has heard of its room, as one that shows it to people would. */
export interface MemberRecord {
  readonly userId: string;
  readonly eventId: string;
  /** Ids of publications, in the order in which the handler was called. */
  readonly heard: Float64Array;
  /** How long each was on its way, in milliseconds. */
  readonly latenciesMs: Float64Array;
  /** When it was told that something may be missing. */
  readonly signals: readonly Signal[];
  /** When its connection was lost, in milliseconds since the Unix epoch. */
  readonly lostAtMs: readonly number[];
  /** When it was back after that. */
  readonly backAtMs: readonly number[];
  /** The longest time from a loss until it was back, in milliseconds. */
  readonly longestAwayMs: number;
  /** What contradicts itself. */
  readonly problems: readonly string[];
}

export interface Signal {
  /** How many publications it had heard by then. */
  readonly at: number;
  readonly reason: string;
}
