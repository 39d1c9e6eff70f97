'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { shareEventQueries } from '../query/shareEventQueries.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';
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
  const { client } = useRealtimeContext();
  const queries = useQueryClient();
  useEffect(() => {
    if (eventId) return shareEventQueries(client, queries, eventId);
  }, [client, queries, eventId]);
  // Joins the same room for its state: a refusal would go unseen otherwise.
  const { isConnected, connectionError } = useWebSocket({ eventId: eventId ?? undefined });
  return { isConnected, connectionError };
}
