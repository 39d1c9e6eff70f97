import type { GapReason, Position, Publication, Publisher } from '@roomcast/realtime-contract';

/** Hears what happens in one room. Called synchronously, in order, and never after `unsubscribe`. */
export interface BrokerListener {
  onPublication(publication: Publication): void;
  /** The log could not be followed without a hole; the room now stands at `now`. */
  onGap(reason: GapReason, now: Position): void;
}

/** A room that is being followed. */
export interface BrokerSubscription {
  /** Where the room stood when the subscription began: the listener hears everything after it. */
  readonly position: Position;
  /** Ends it; harmless when called twice. */
  unsubscribe(): void;
}

/** How much one read may return. */
export interface ReadLimits {
  readonly maxPublications: number;
  /** Of payloads as JSON; one publication is returned however large it is. */
  readonly maxBytes: number;
}

/** What a room's log has to say to somebody who knows it up to a position. */
export type ReadResult = {
  /** Where to read on; the end of the log where it equals `position`. */
  readonly next: Position;
  /** Where the room stands now. */
  readonly position: Position;
  /**
   * Since when nothing has been published to the room, in milliseconds since the Unix epoch: its last
   * publication or, where it has none, the moment from which the log would know of one. Left out
   * where that is not known.
   */
  readonly quietSinceMs?: number;
} & (
  | {
      readonly status: 'continued';
      /** After which position this begins: the asked one, or that of somebody new. */
      readonly since: Position;
      /**
       * What follows: `reliable` publications in the order of their offsets; at the end of those,
       * the newest `latest` value of each key that changed, in the order of their revisions.
       */
      readonly publications: readonly Publication[];
    }
  | {
      /** What follows cannot be told; `next` is behind it, and before the `latest` values. */
      readonly status: 'gap';
      readonly reason: GapReason;
      /** How many reliable publications were missed, where the epoch is the same. */
      readonly missed?: number;
    }
);

export interface BrokerHealth {
  readonly status: 'up' | 'down';
}

/**
 * The log behind the rooms: appends publications, gives them positions, hands them to whoever
 * follows the room.
 */
export interface Broker extends Publisher {
  /**
   * Follows a room from now on.
   *
   * @throws RoomcastError `CLOSED`
   */
  subscribe(room: string, listener: BrokerListener): Promise<BrokerSubscription>;
  /**
   * Reads on from a position.
   *
   * @param since - null for somebody new, who gets the `latest` values and nothing of the history
   */
  read(room: string, since: Position | null, limits: ReadLimits): Promise<ReadResult>;
  /** Where the room stands. A room that nobody published to has a position too. */
  position(room: string): Promise<Position>;
  health(): BrokerHealth;
  /** Ends all subscriptions; harmless when called twice. */
  close(): Promise<void>;
}
