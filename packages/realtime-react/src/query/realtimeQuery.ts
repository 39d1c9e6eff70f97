import type {
  AnyContract,
  EventNameOf,
  EventPayload,
  RoomArgs,
  RoomKind,
} from '@roomcast/realtime-contract';
import type { QueryClient, QueryFunctionContext, QueryKey } from '@tanstack/react-query';
import type { RoomPosition } from './positions.ts';
import type { EventMeta } from './querySync.ts';
import { fetchSnapshot } from './snapshotPositions.ts';

/** Data with the place in its room's log at which it was read: what `manager.snapshot` answers. */
export interface QuerySnapshot<Data> extends RoomPosition {
  readonly data: Data;
}

/** A query whose data is read once, and changed by the events of its room from there on. */
export interface RealtimeQuery<C extends AnyContract, Kind extends RoomKind<C>, Data> {
  readonly queryKey: QueryKey;
  readonly room: RoomArgs<C, Kind>;
  /** Fetches the data with its position, which the server has read before the data. */
  snapshot(context: Pick<QueryFunctionContext, 'signal'>): Promise<QuerySnapshot<Data>>;
  /**
   * The data after an event. Events between the position and the data are in both, so replace by id
   * and version. Events that are not named change nothing.
   */
  readonly patches: {
    readonly [Name in EventNameOf<C, Kind>]?: (
      data: Data,
      payload: EventPayload<C, Name>,
      meta: EventMeta<C, Name>,
    ) => Data;
  };
}

/** What `useQuery` and `prefetchQuery` take. */
export interface SnapshotQueryOptions<Data> {
  readonly queryKey: QueryKey;
  readonly queryFn: (context: QueryFunctionContext) => Promise<Data>;
  readonly staleTime: number;
}

/**
 * The options of a query that `useRealtimeQuery` keeps true, to prefetch it on the server or in a
 * route loader. Its position is dehydrated with it, and the page goes on from there.
 *
 * @example
 * await queries.prefetchQuery(snapshotQueryOptions(queries, { queryKey: ['seats', id], snapshot }));
 */
export function snapshotQueryOptions<Data>(
  queries: QueryClient,
  {
    queryKey,
    snapshot,
  }: {
    readonly queryKey: QueryKey;
    snapshot(context: Pick<QueryFunctionContext, 'signal'>): Promise<QuerySnapshot<Data>>;
  },
): SnapshotQueryOptions<Data> {
  return {
    queryKey,
    queryFn(context) {
      const query = queries.getQueryCache().find({ queryKey: context.queryKey });
      return fetchSnapshot(queries, query?.queryHash ?? '', () => snapshot(context));
    },
    // The stream keeps it fresh; a gap makes it stale.
    staleTime: Number.POSITIVE_INFINITY,
  };
}
