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

/** What a room's log has to say to somebody who knows it up to a position. */
export type ReadResult =
  | {
      readonly status: 'continued';
      /** What follows the asked position, in order, at most `limit`; empty at the end of the log. */
      readonly publications: readonly Publication[];
      /** Where the room stands now, which `publications` may not reach where they met the limit. */
      readonly position: Position;
    }
  | {
      readonly status: 'gap';
      readonly reason: GapReason;
      /** How many reliable publications were missed, where the epoch is the same. */
      readonly missed?: number;
      readonly position: Position;
    };

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
   * @param since - null for somebody who knows nothing of the room yet
   * @param limit - the most publications to return
   */
  read(room: string, since: Position | null, limit: number): Promise<ReadResult>;
  /** Where the room stands. A room that nobody published to has a position too. */
  position(room: string): Promise<Position>;
  health(): BrokerHealth;
  /** Ends all subscriptions; harmless when called twice. */
  close(): Promise<void>;
}
