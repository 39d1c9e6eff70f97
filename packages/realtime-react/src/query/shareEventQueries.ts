import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import type { QueryClient } from '@tanstack/react-query';
import { watchEventQueries } from './watchEventQueries.ts';

interface Watch {
  uses: number;
  readonly stop: () => void;
}

type WatchesByEvent = Map<string, Watch>;

const watches = new WeakMap<RealtimeClient<AnyContract>, WeakMap<QueryClient, WatchesByEvent>>();

/**
 * Runs one {@link watchEventQueries} for all who ask for the same event: two would fetch everything
 * twice.
 *
 * @returns a function that gives this use up, harmless when called twice
 */
export function shareEventQueries(
  client: RealtimeClient<AnyContract>,
  queries: QueryClient,
  eventId: string,
): () => void {
  const byEvent = watchesOf(client, queries);
  const watch = byEvent.get(eventId) ?? {
    uses: 0,
    stop: watchEventQueries(client, queries, eventId),
  };
  byEvent.set(eventId, watch);
  watch.uses += 1;
  let isGivenUp = false;
  return () => {
    if (isGivenUp) return;
    isGivenUp = true;
    watch.uses -= 1;
    if (watch.uses > 0) return;
    byEvent.delete(eventId);
    watch.stop();
  };
}

function watchesOf(client: RealtimeClient<AnyContract>, queries: QueryClient): WatchesByEvent {
  const byQueries = watches.get(client) ?? new WeakMap<QueryClient, WatchesByEvent>();
  watches.set(client, byQueries);
  const byEvent = byQueries.get(queries) ?? new Map<string, Watch>();
  byQueries.set(queries, byEvent);
  return byEvent;
}
