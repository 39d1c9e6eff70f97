import type { AnyContract, EventName, EventPayload } from '@roomcast/realtime-contract';
import type { QueryKey } from '@tanstack/react-query';
import type { SyncedQueries } from './syncedQueries.ts';
import type { ShownLayer } from './syncedQuery.ts';

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

/** The event by which the server tells everybody of the change, its caller included. */
export interface OwnEvent<C extends AnyContract, Name extends EventName<C>, Input, Output> {
  readonly name: Name;
  /** Whether an event is that of this call; `output` is undefined until the call is answered. */
  isOwn(
    payload: EventPayload<C, Name>,
    call: { input: Input; output: Output | undefined },
  ): boolean;
}

/** Shows changes at once in every query that they match and that has data. */
export function showChanges(
  synced: SyncedQueries,
  changes: readonly OptimisticChange[],
): readonly ShownLayer[] {
  return changes.flatMap(({ queryKey, apply }) =>
    [...synced.matching([queryKey])]
      .filter(({ state }) => state.data !== undefined)
      .map((query) => synced.of(query).showAtOnce(apply)),
  );
}
