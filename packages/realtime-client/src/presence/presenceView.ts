/** Somebody who is present in a room. */
export interface PresentMember<Data = unknown> {
  /** Names the member in its room, as long as its client lives. */
  readonly id: string;
  /** Null for a guest. */
  readonly userId: string | null;
  readonly data: Data;
}

/** Who is present in a room, as far as this client knows. */
export interface PresenceView<Data = unknown> {
  /**
   * `joining` until the server has told, and while there is no connection: then the rest is what was
   * known last. `refused` where the server does not let the session in, or refused its data.
   */
  readonly status: 'joining' | 'joined' | 'refused';
  /** In the order in which they were told; of very many not all. */
  readonly members: readonly PresentMember<Data>[];
  /** How many there are, those that are not among `members` included. */
  readonly count: number;
  /** Which of the members is this client; null where it is not present. */
  readonly selfId: string | null;
  /** Why it is refused; null where it is not. */
  readonly error: Error | null;
}

export const unknownPresence: PresenceView = {
  ...{ status: 'joining', members: [], count: 0, selfId: null, error: null },
};
