/** Something came that is part of the load. */
export interface Arrival {
  /** Which one of the room it is; null where nothing tells. */
  readonly sequence: number | null;
  /** Names the life of the numbers; they begin anew with another one. */
  readonly epoch: string;
  /** Since it was meant to be sent, or was published, in microseconds; null where nothing tells. */
  readonly latencyUs: number | null;
}

/** What a connection tells while it lives. */
export interface SubscriberEvents {
  onArrival(arrival: Arrival): void;
  /** It was cut off and is connected again. */
  onReconnect(): void;
  /** The server said that something will not come. */
  onGap(): void;
}

/** Where the numbers of a room stood when it was joined. */
export interface RoomStart {
  /** Null where that is not known. */
  readonly base: number | null;
  readonly epoch: string;
}

/** One connection that is in its room. */
export interface Subscriber {
  readonly start: RoomStart;
  close(): void;
}

/** Whom to connect to which room. */
interface SubscriberOptions {
  readonly room: string;
  readonly token: string | null;
  readonly events: SubscriberEvents;
}

/**
 * Connects and joins; rejects where the server refuses either or cannot be reached. After that it
 * comes back by itself whenever it is cut off.
 */
export type OpenSubscriber = (options: SubscriberOptions) => Promise<Subscriber>;
