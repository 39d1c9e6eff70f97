/** The events that our client sends beside the actions of the contract, each acknowledged. */
export const clientRequests = {
  /** Asks for rooms: `RoomRequest[]`, acknowledged with `RoomResult[]`. */
  join: 'roomcast:join',
  /** Gives rooms up: `string[]`, acknowledged with null. */
  leave: 'roomcast:leave',
  /** Reads a room's log: `HistoryRequest`, acknowledged with `HistoryAnswer`. */
  history: 'roomcast:history',
  /** Is present in a room, or sees who is: `PresenceRequest`, acknowledged with `PresenceAnswer`. */
  presence: 'roomcast:presence',
  /** Goes on with another token of the same user: text, acknowledged with `TokenAnswer`. */
  authenticate: 'roomcast:authenticate',
} as const;
