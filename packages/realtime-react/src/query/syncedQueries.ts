import type { ClientPorts } from '@roomcast/realtime-client';
import type { Query, QueryCacheNotifyEvent, QueryClient, QueryKey } from '@tanstack/react-query';
import { Moments } from './moments.ts';
import { positionKeyPrefix, removePosition } from './snapshotPositions.ts';
import { type SyncContext, type SyncTiming, syncTiming } from './syncContext.ts';
import { SyncedQuery } from './syncedQuery.ts';

/** Hears of a query with data of which nobody knows when it was fetched, such as hydrated data. */
type ArrivalListener = (query: Query) => void;

/** What is known of every query of one cache, from when it was first asked for. */
export class SyncedQueries {
  readonly context: SyncContext;
  /** By the query itself: another one may take the key of one that was removed. */
  readonly #byQuery = new WeakMap<Query, SyncedQuery>();
  readonly #arrivals = new Set<ArrivalListener>();

  constructor(queries: QueryClient, ports: ClientPorts, timing: SyncTiming = syncTiming) {
    this.context = { queries, ports, timing, moments: new Moments(ports.clock) };
    const cache = queries.getQueryCache();
    for (const query of cache.getAll()) this.of(query);
    // For the life of the cache: what was fetched while nobody looked would have no date.
    cache.subscribe((event) => this.#hear(event));
  }

  of(query: Query): SyncedQuery {
    const synced = this.#byQuery.get(query) ?? new SyncedQuery(this.context, query);
    this.#byQuery.set(query, synced);
    return synced;
  }

  /** The queries whose keys begin with one of these, each once. */
  matching(keys: readonly QueryKey[]): ReadonlySet<Query> {
    const cache = this.context.queries.getQueryCache();
    return new Set(keys.flatMap((queryKey) => cache.findAll({ queryKey })));
  }

  /** @returns a function that ends it, harmless when called twice */
  onArrival(listener: ArrivalListener): () => void {
    this.#arrivals.add(listener);
    return () => void this.#arrivals.delete(listener);
  }

  #hear(event: QueryCacheNotifyEvent): void {
    const query: Query = event.query;
    if (query.queryKey[0] === positionKeyPrefix) return;
    switch (event.type) {
      case 'added':
        this.of(query);
        if (query.state.data !== undefined) this.#tellArrival(query);
        return;
      case 'updated':
        if (this.of(query).update(event.action)) this.#tellArrival(query);
        return;
      case 'observerAdded':
      case 'observerOptionsUpdated':
        this.of(query).consider();
        return;
      case 'removed':
        this.of(query).stop();
        removePosition(this.context.queries, query.queryHash);
    }
  }

  /** Not at once: the position of hydrated data is hydrated after it. */
  #tellArrival(query: Query): void {
    queueMicrotask(() => {
      for (const listener of [...this.#arrivals]) listener(query);
    });
  }
}

const all = new WeakMap<QueryClient, SyncedQueries>();

/** What is known of the queries of a cache; the same for all who ask. */
export function syncedQueriesOf(queries: QueryClient, ports: ClientPorts): SyncedQueries {
  const known = all.get(queries) ?? new SyncedQueries(queries, ports);
  all.set(queries, known);
  return known;
}
