import type { QueryKey } from '@tanstack/react-query';
import type { OptimisticLayer } from './queryPatches.ts';
import type { SyncedQueries } from './syncedQueries.ts';
import type { SyncedQuery } from './syncedQuery.ts';

/** A change that is shown before the server has confirmed it. */
export interface OptimisticChange {
  /** The queries that it changes, by a key that matches as a prefix. */
  readonly queryKey: QueryKey;
  /**
   * The data with the change. It lies over what the server says for as long as the call is on its
   * way: like a patch, it may be applied to data that has the change already. Write the type of your
   * data at the parameter.
   */
  apply(data: unknown): unknown;
}

/** A change over the data of a query that goes by itself where an event of the call brings it. */
export interface ShownChange {
  /** It did not happen. */
  remove(): void;
  /** It happened: it goes when a fetch has brought it that begins from now on. */
  confirm(): void;
}

/**
 * Shows changes at once in every query that they match and that has data.
 *
 * @param causedBy - the key of the call
 */
export function showChanges(
  synced: SyncedQueries,
  changes: readonly OptimisticChange[],
  causedBy: string,
): readonly ShownChange[] {
  return changes.flatMap((change) =>
    [...synced.matching([change.queryKey])]
      .filter(({ state }) => state.data !== undefined)
      .map((query) => showChange(synced, synced.of(query), change, causedBy)),
  );
}

function showChange(
  { context: { moments } }: SyncedQueries,
  query: SyncedQuery,
  { apply }: OptimisticChange,
  causedBy: string,
): ShownChange {
  const { patches } = query;
  let isConfirmed = false;
  const remove = () => patches.removeLayer(layer);
  const confirm = () => {
    if (isConfirmed || !patches.has(layer)) return;
    isConfirmed = true;
    const { order } = moments.next();
    const stop = query.onLanded((_, began) => {
      if (began.order < order) return;
      stop();
      remove();
    });
    query.markStale({ room: '', position: null });
  };
  const layer: OptimisticLayer = { causedBy, apply, confirm };
  patches.addLayer(layer);
  return { remove, confirm };
}
