/** What became of a publication, as far as its publisher knows. */
export interface Published {
  /** Of its own in the whole run. */
  readonly id: number;
  readonly eventId: string;
  readonly atMs: number;
  /** `failed` where it was certainly not appended, `unknown` where nobody can say. */
  readonly outcome: 'resolved' | 'failed' | 'unknown';
  /** In which of the room's sequences it has its place, where there are several; otherwise nothing. */
  readonly sequence: string;
  /** Within which life of that sequence `offset` counts; nothing where it is not known. */
  readonly epoch: string;
  readonly offset: number;
  /** Tried again, since nobody could say. It may have been heard from an earlier life of the log. */
  readonly isRetry?: boolean;
}

/** What to publish. */
export interface PublishOrder {
  readonly eventIds: readonly string[];
  readonly perSecond: number;
  /** The most; it may be told to end before. */
  readonly count: number;
  /** The first is this one, and each further one is one more. */
  readonly firstId: number;
  /** Of those whose outcome is unknown, every second one is published again with the same key. */
  readonly retries: boolean;
}
