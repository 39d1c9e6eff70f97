import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract, RoomArgs, RoomKind } from '@roomcast/realtime-contract';
import type { QueryClient } from '@tanstack/react-query';
import { targetOf } from '../rooms/roomTarget.ts';
import type { QuerySync } from './querySync.ts';
import { shareQuerySync } from './shareQuerySync.ts';

/**
 * Joins a room and keeps its queries true, without React: in a route loader, or for another
 * framework. `useQuerySync` is this for as long as a component is mounted.
 *
 * @returns a function that ends it, harmless when called twice
 */
export function watchQuerySync<C extends AnyContract, Kind extends RoomKind<C>>(
  client: RealtimeClient<C>,
  queries: QueryClient,
  sync: QuerySync<C, Kind>,
  room: RoomArgs<C, Kind>,
): () => void {
  // Past this line nobody knows the contract: an event brings its payload, a room its parameters.
  const anySync = sync as unknown as QuerySync;
  return shareQuerySync(client as unknown as RealtimeClient, queries, anySync, targetOf(room));
}
