import type { RealtimeClient, RoomRecovery } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Which queries an event of the room of an event makes stale. */
const staleAfter: Readonly<Record<string, (eventId: string) => readonly QueryKey[]>> = {
  'ticket-purchased': (eventId) => [
    ['event', eventId],
    ['event-tickets', eventId],
    ['user-tickets'],
  ],
  'ticket-transferred': (eventId) => [['event-tickets', eventId], ['user-tickets']],
  'event-updated': (eventId) => [['event', eventId]],
  'new-message': (eventId) => [['event-messages', eventId]],
};

/** The queries that are bound to the room of an event: stale once something in it was missed. */
const boundToRoom = (eventId: string): readonly QueryKey[] => [
  ['event', eventId],
  ['event-tickets', eventId],
  ['user-tickets'],
  ['event-messages', eventId],
];

/**
 * Keeps the queries of one event true: an event makes those stale that show it, and so does a join
 * after which something may be missing. A reconnect that missed nothing fetches nothing.
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
  return () => {
    for (const stop of stops) stop();
  };
}
