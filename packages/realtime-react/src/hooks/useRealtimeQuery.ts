'use client';
import type { AnyContract, RoomKind } from '@roomcast/realtime-contract';
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type RealtimeQuery, snapshotQueryOptions } from '../query/realtimeQuery.ts';
import { shareSnapshotStream } from '../query/shareSnapshotStream.ts';
import { targetOf } from '../rooms/roomTarget.ts';
import { useNewest } from './useNewest.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';
import { useSyncedQueries } from './useSyncedQueries.ts';
import { useTarget } from './useTarget.ts';

/**
 * Fetches a snapshot once, and changes it by the events of its room: what happened between the
 * position of the snapshot and the subscription is read from the room's log. Another snapshot is
 * fetched after a gap, and never otherwise.
 */
export function useRealtimeQuery<C extends AnyContract, Kind extends RoomKind<C>, Data>(
  options: RealtimeQuery<C, Kind, Data>,
): UseQueryResult<Data> {
  const { client } = useRealtimeContext();
  const queries = useQueryClient();
  const synced = useSyncedQueries();
  const target = useTarget(targetOf(options.room));
  const newest = useNewest(options);
  const result = useQuery(snapshotQueryOptions(queries, options));
  const { queryHash } = queries.defaultQueryOptions({ queryKey: options.queryKey });
  // Another object once the query was removed and came back.
  const query = queries.getQueryCache().get(queryHash);
  useEffect(() => {
    if (!synced || !query || !target) return;
    const [kind, params] = target;
    return shareSnapshotStream({
      ...{ client, synced, query, target },
      patchOf({ event, payload, ...meta }) {
        const patches: Readonly<Record<string, ((...args: never[]) => unknown) | undefined>> =
          newest.current.patches;
        const apply = patches[event];
        if (!apply) return undefined;
        const { room } = newest.current;
        const about = { ...meta, room: client.contract.formatRoom(room[0], params), kind, params };
        return (data) => apply(data as never, payload as never, about as never);
      },
    });
  }, [client, synced, query, target, newest]);
  return result;
}
