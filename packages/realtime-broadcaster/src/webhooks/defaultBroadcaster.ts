import { RoomcastError } from '@roomcast/realtime-contract';
import type { TicketingBroadcaster } from '../webSocketBroadcaster.ts';

let current: TicketingBroadcaster | null = null;

/**
 * Sets the broadcaster of webhook events that name none. Call it once, when the backend starts.
 *
 * @param broadcaster - `null` removes the default
 */
export function setDefaultBroadcaster(broadcaster: TicketingBroadcaster | null): void {
  current = broadcaster;
}

/** @throws RoomcastError `NO_DEFAULT_BROADCASTER` where none was set */
export function requireDefaultBroadcaster(): TicketingBroadcaster {
  if (current) return current;
  throw new RoomcastError(
    'NO_DEFAULT_BROADCASTER',
    'There is no broadcaster for this webhook event. Pass one, or call setDefaultBroadcaster when the backend starts.',
  );
}
