'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { watchEventQueries } from '../query/watchEventQueries.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';
import { useWebSocket } from './useWebSocket.ts';

/**
 * Keeps the queries of one event true while the component is mounted: `['event', id]`,
 * `['event-tickets', id]`, `['user-tickets']` and `['event-messages', id]`.
 *
 * @param eventId - nothing is joined while it is undefined or null
 */
export function useEventWebSocket(eventId: string | null | undefined): {
  readonly isConnected: boolean;
} {
  const { client } = useRealtimeContext();
  const queries = useQueryClient();

  // Before the room is joined, so that the join itself is heard.
  useEffect(() => {
    if (eventId) return watchEventQueries(client, queries, eventId);
  }, [client, queries, eventId]);

  const { isConnected } = useWebSocket({ eventId: eventId ?? undefined });
  return { isConnected };
}
