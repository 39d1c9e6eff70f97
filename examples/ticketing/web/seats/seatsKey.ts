/** The seats of an event in the cache. Not a key that `useEventWebSocket` fetches after each sale. */
export function seatsKey(eventId: string): readonly unknown[] {
  return ['seats', eventId];
}
