'use client';
import type { RoomState } from '@roomcast/realtime-client';
import type { AnyContract, RoomArgs, RoomKind } from '@roomcast/realtime-contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { QuerySync } from '../query/querySync.ts';
import { shareQuerySync } from '../query/shareQuerySync.ts';
import { targetOf } from '../rooms/roomTarget.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';
import { useRoomState } from './useRoomState.ts';
import { useSyncedQueries } from './useSyncedQueries.ts';
import { useTarget } from './useTarget.ts';

/**
 * Keeps the queries of a room true while the component is mounted, by what `defineQuerySync` says.
 *
 * @param room - kind and parameters; nothing is joined while it is null
 * @returns where the client stands with the room
 */
export function useQuerySync<C extends AnyContract, Kind extends RoomKind<C>>(
  sync: QuerySync<C, Kind>,
  room: RoomArgs<C, Kind> | null,
): RoomState {
  const { client } = useRealtimeContext();
  const queries = useQueryClient();
  const target = useTarget(room && targetOf(room));
  useSyncedQueries();
  useEffect(() => {
    if (target) return shareQuerySync(client, queries, sync as unknown as QuerySync, target);
  }, [client, queries, sync, target]);
  return useRoomState(target, true);
}
