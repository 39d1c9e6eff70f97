'use client';
import { eventQuerySync } from '../query/eventQuerySync.ts';
import { useQuerySync } from './useQuerySync.ts';
import { type UseWebSocketResult, useWebSocket } from './useWebSocket.ts';

/**
 * Keeps the queries of one event true while the component is mounted: `['event', id]`,
 * `['event-tickets', id]`, `['user-tickets']` and `['event-messages', id]`.
 *
 * @param eventId - nothing is joined while it is undefined or null
 */
export function useEventWebSocket(
  eventId: string | null | undefined,
): Pick<UseWebSocketResult, 'isConnected' | 'connectionError'> {
  useQuerySync(eventQuerySync, eventId ? ['event', { eventId }] : null);
  // Joins the same room for its state, and connects where there is none.
  const { isConnected, connectionError } = useWebSocket({ eventId: eventId ?? undefined });
  return { isConnected, connectionError };
}
