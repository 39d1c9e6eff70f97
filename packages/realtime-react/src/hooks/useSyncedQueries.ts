import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { isBrowser } from '../isBrowser.ts';
import { type SyncedQueries, syncedQueriesOf } from '../query/syncedQueries.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';

/**
 * What is known of the queries of the page, from the first rendering on: so that it is known when
 * they were fetched. Null on the server, which fetches for pages and keeps nothing true.
 */
export function useSyncedQueries(): SyncedQueries | null {
  const { client } = useRealtimeContext();
  const queries = useQueryClient();
  return useMemo(
    () => (isBrowser ? syncedQueriesOf(queries, client.ports) : null),
    [queries, client],
  );
}
