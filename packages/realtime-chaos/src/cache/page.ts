import { watchQuerySync } from '@roomcast/realtime-react';
import { type QueryClient, QueryObserver } from '@tanstack/react-query';
import { cacheSync } from './cacheContract.ts';
import type { Hall } from './schedule.ts';

/** What keeps the queries of a hall true, here and in a test of what the scenario finds. */
export type Watch = (hall: Hall) => () => void;

export interface PageOptions {
  readonly queries: QueryClient;
  readonly watch: Watch;
  readonly staleTimeMs: number | null;
  fetch(key: readonly string[]): Promise<unknown>;
}

/** The queries of a hall, in an order in which a page may ask for them. */
export function keysOf(hall: Hall): readonly (readonly string[])[] {
  return [['sales', hall], ['all-sales'], ['seats', hall], ['messages', hall]];
}

/** Watches by what is tested. */
export function watching(
  queries: QueryClient,
  client: Parameters<typeof watchQuerySync>[0],
): Watch {
  return (hall) => watchQuerySync(client, queries, cacheSync as never, ['hall', { hallId: hall }]);
}

/**
 * Shows a page of a hall: its queries and its room, in the turn of one commit. Under StrictMode all
 * effects run, are undone, and run again.
 *
 * @returns takes it away
 */
export function mountPage(
  hall: Hall,
  { isStrict, queriesFirst }: { readonly isStrict: boolean; readonly queriesFirst: boolean },
  { queries, watch, staleTimeMs, fetch }: PageOptions,
): () => void {
  const observers = keysOf(hall).map((queryKey) => {
    const queryFn = () => fetch(queryKey);
    const staleTime = staleTimeMs ?? Number.POSITIVE_INFINITY;
    return new QueryObserver(queries, { queryKey, queryFn, staleTime, retry: false });
  });
  const effects = [() => watch(hall), ...observers.map((one) => () => one.subscribe(() => {}))];
  if (queriesFirst) effects.reverse();
  const run = () => effects.map((effect) => effect());
  let undo = run();
  if (isStrict) {
    for (const stop of undo) stop();
    undo = run();
  }
  return () => {
    for (const stop of undo) stop();
  };
}
