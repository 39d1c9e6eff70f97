/** Somebody who is present in a room. */
export interface PresenceMember {
  /** Names the member in its room; not a secret. */
  readonly id: string;
  /** Null for a guest. */
  readonly userId: string | null;
  /** What the member tells of itself, as JSON can hold it. */
  readonly data: unknown;
}

/** Who is present in a room. */
export interface PresenceState {
  /** In the order in which they entered; at most `maxMembers`. */
  readonly members: readonly PresenceMember[];
  /** How many there are, those beyond `maxMembers` included. */
  readonly count: number;
}

/** One change of a room. Only `count` changes where it is about a member that is not listed. */
export interface PresenceChange {
  /** Has entered, or has other data now. */
  readonly entered?: PresenceMember;
  /** The id of a member that is gone. */
  readonly left?: string;
  readonly count: number;
}

/** Hears who is present in a room. What it throws is reported and hurts nobody else. */
export interface PresenceListener {
  /** All of it: before any change, and again wherever changes may have been missed. */
  onState(state: PresenceState): void;
  onChange(change: PresenceChange): void;
}

/**
 * Knows who is present in which room. Several processes may share one store; the members of a process
 * that is gone are gone a little later.
 *
 * A member is held by a connection, `holder`: whoever enters under the same id takes it over, and
 * what comes from an earlier holder afterwards is ignored.
 */
export interface PresenceStore {
  /**
   * Puts a member into a room, or gives it other data. It stays until its holder or its process is
   * gone, whatever happens to the store meanwhile. Resolves once all others can see it.
   *
   * @throws RoomcastError `CLOSED`; `CONNECTION_FAILED` where the store cannot be asked: the member
   * enters as soon as it can, unless it has left by then
   */
  enter(room: string, member: PresenceMember, holder: string): Promise<void>;
  /**
   * Takes a member out of a room, unless somebody else holds it by now. Throws as `enter` does; the
   * member leaves as soon as the store can be asked.
   */
  leave(room: string, id: string, holder: string): Promise<void>;
  /**
   * Hears who is present in a room from now on, as soon as the store can tell.
   *
   * @returns a function that ends it, harmless when called twice
   * @throws RoomcastError `CLOSED`
   */
  watch(room: string, listener: PresenceListener): () => void;
  /** @throws RoomcastError `CLOSED`, or `CONNECTION_FAILED` where the store cannot be asked */
  read(room: string): Promise<PresenceState>;
  /** How many members each of these rooms has, in their order. Throws as `read` does. */
  occupancy(rooms: readonly string[]): Promise<readonly number[]>;
  /** Tells nobody anything any more, and lets its members go. Harmless when called twice. */
  close(): Promise<void>;
}
