/**
 * How hard Roomcast tries to deliver an event.
 *
 * - `reliable` takes the room's next offset and stays in its history, to be replayed.
 * - `latest` takes a revision; per room and key only the newest value is kept.
 * - `volatile` takes neither and may be dropped for a client that is slow.
 *
 * Order is guaranteed inside one class of one room.
 */
export type Delivery = 'reliable' | 'latest' | 'volatile';

/** Where a room's log stands. */
export interface Position {
  /** Names one unbroken life of the room's counters: 96 random bits, base64url. */
  readonly epoch: string;
  /** How many reliable publications the room has had in this epoch. */
  readonly offset: number;
  /** How many changes of latest values the room has had in this epoch. */
  readonly revision: number;
}

/** What is handed to {@link Publisher.publish}. Usually made by `createPublication`. */
export interface PublicationInput {
  readonly room: string;
  readonly event: string;
  readonly payload: unknown;
  readonly delivery: Delivery;
  /** For `latest`: which value this one replaces. */
  readonly key?: string;
  /** For `latest`: the value is gone, and there is no payload. */
  readonly removed?: true;
  /** Same key, same room, within 5 minutes: published once, same result. */
  readonly idempotencyKey?: string;
  /** The id of the action call that caused this, so that its caller can recognise it. */
  readonly causedBy?: string;
}

/** A publication as the log holds it. */
export interface Publication {
  readonly room: string;
  readonly event: string;
  readonly payload: unknown;
  readonly delivery: Delivery;
  readonly key?: string;
  readonly removed?: true;
  readonly causedBy?: string;
  /** Where the room stood once this publication was in it. */
  readonly position: Position;
  /** When it was published, in milliseconds since the Unix epoch. */
  readonly publishedAtMs: number;
}

/** What a publish resolves with. */
export interface PublishResult {
  readonly position: Position;
}

/** The one thing that publishing needs: a broker, a manager or your own outbox. */
export interface Publisher {
  publish(input: PublicationInput): Promise<PublishResult>;
}
