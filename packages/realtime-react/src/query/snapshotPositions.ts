import type { QueryCacheNotifyEvent, QueryClient, QueryKey } from '@tanstack/react-query';
import type { RoomPosition } from './positions.ts';

/** A fetch of a snapshot; its position counts once the data is in the cache, and not before. */
interface SnapshotFetch {
  landing: RoomPosition | null;
}

const fetches = new WeakMap<QueryClient, Map<string, SnapshotFetch>>();

/** The first part of the keys under which positions lie, beside the data that they belong to. */
export const positionKeyPrefix = 'roomcast-position';

function positionKey(queryHash: string): QueryKey {
  return [positionKeyPrefix, queryHash];
}

/** Where the room of a snapshot stood when the data of a query was read; null for other data. */
export function readPosition(queries: QueryClient, queryHash: string): RoomPosition | null {
  return queries.getQueryData<RoomPosition>(positionKey(queryHash)) ?? null;
}

/** Keeps the position in the cache itself, so that it is dehydrated and persisted with the data. */
export function writePosition(queries: QueryClient, queryHash: string, at: RoomPosition): void {
  const queryKey = positionKey(queryHash);
  // It goes when its data goes, not by a time of its own.
  queries.setQueryDefaults([positionKeyPrefix], { gcTime: Number.POSITIVE_INFINITY });
  queries.setQueryData(queryKey, at);
}

export function removePosition(queries: QueryClient, queryHash: string): void {
  queries.removeQueries({ queryKey: positionKey(queryHash), exact: true });
}

/**
 * Fetches a snapshot for the query function of a query. Its position is written in the moment in
 * which the data gets into the cache: a fetch that is cancelled leaves both as they were.
 */
export async function fetchSnapshot<Data>(
  queries: QueryClient,
  queryHash: string,
  snapshot: () => Promise<RoomPosition & { readonly data: Data }>,
): Promise<Data> {
  const fetch: SnapshotFetch = { landing: null };
  const ofClient = fetches.get(queries) ?? new Map<string, SnapshotFetch>();
  fetches.set(queries, ofClient.set(queryHash, fetch));
  const { room, position, data } = await snapshot();
  // Another fetch may have taken its place.
  if (ofClient.get(queryHash) !== fetch) return data;
  fetch.landing = { room, position };
  const stop = queries.getQueryCache().subscribe((event) => {
    if (event.query.queryHash !== queryHash || event.query.state.fetchStatus !== 'idle') return;
    stop();
    if (isLanding(event)) landPosition(queries, queryHash);
  });
  return data;
}

/** Whether the data of a fetch has just come into the cache. */
function isLanding(event: QueryCacheNotifyEvent): boolean {
  return event.type === 'updated' && event.action.type === 'success' && !event.action.manual;
}

/**
 * Writes the position of the snapshot that has just come into the cache, if one has.
 *
 * @returns where the data of the query stands; null where nobody knows
 */
export function landPosition(queries: QueryClient, queryHash: string): RoomPosition | null {
  const ofClient = fetches.get(queries);
  const { landing = null } = ofClient?.get(queryHash) ?? {};
  ofClient?.delete(queryHash);
  if (landing) writePosition(queries, queryHash, landing);
  return landing;
}
