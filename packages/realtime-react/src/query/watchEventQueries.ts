import type { RealtimeClient, RoomRecovery } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { joinRoom } from '../rooms/joinRoom.ts';
import { boundToRoom, staleAfter } from './eventQueryKeys.ts';

/**
 * Joins the room of an event and keeps its queries true: an event makes those stale that show it,
 * and so does a join after which something may be missing. A reconnect that missed nothing fetches
 * nothing.
 *
 * @returns a function that ends it, harmless when called twice
 */
export function watchEventQueries(
  client: RealtimeClient<AnyContract>,
  queries: QueryClient,
  eventId: string,
): () => void {
  const isOurs = ({ kind, params }: Pick<RoomRecovery, 'kind' | 'params'>) =>
    kind === 'event' && params.eventId === eventId;
  const makeStale = (keys: readonly QueryKey[]) => {
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
  };
  const stops = Object.entries(staleAfter).map(([name, keysOf]) =>
    client.on(name, (_payload, meta) => {
      if (isOurs(meta)) makeStale(keysOf(eventId));
    }),
  );
  stops.push(
    client.onRecovery((recovery) => {
      if (isOurs(recovery) && recovery.status !== 'resumed') makeStale(boundToRoom(eventId));
    }),
  );
  const room = joinRoom(client, ['event', { eventId }]);
  stops.push(() => room.release());
  // The client was in this room before, for others or a while ago: nobody here has heard what
  // happened in it since the queries were fetched, and a stream that goes on will not tell.
  if (room.position) makeStale(boundToRoom(eventId));
  return () => {
    for (const stop of stops) stop();
  };
}
