/** The events that our client sends beside the actions of the contract, each acknowledged. */
export const clientRequests = {
  /** Asks for rooms: `RoomRequest[]`, acknowledged with `RoomResult[]`. */
  join: 'roomcast:join',
  /** Gives rooms up: `string[]`, acknowledged with null. */
  leave: 'roomcast:leave',
} as const;
