import type { PublicationMeta } from '@roomcast/realtime-client';
import type {
  AnyContract,
  EventName,
  EventPayload,
  RoomKind,
  RoomParams,
} from '@roomcast/realtime-contract';
import type { QueryKey } from '@tanstack/react-query';

/** What is known of an event beside its payload; `params` are those of its room. */
export type EventMeta<C extends AnyContract, Name extends EventName<C>> = Omit<
  PublicationMeta,
  'params'
> & {
  readonly params: RoomParams<C, C['events'][Name]['room']>;
};

/**
 * Changes data in the cache without a fetch. It may be applied twice, and to data that has the change
 * already: replace by id and version. In development each is run twice, and a difference is
 * reported.
 */
export interface EventPatch<Payload = never, Meta = never> {
  /** The queries that it changes, by keys that match as prefixes. */
  keys(payload: Payload, meta: Meta): readonly QueryKey[];
  /** The data after the event. Write the type of your data at the first parameter. */
  apply(data: unknown, payload: Payload, meta: Meta): unknown;
}

/** Adds an item to queries that hold a list, or replaces the one with the same id. */
export interface EventAppend<Payload = never, Meta = never> {
  keys(payload: Payload, meta: Meta): readonly QueryKey[];
  item(payload: Payload, meta: Meta): unknown;
  idOf(item: unknown): string | number;
}

/** What one event does to the cache; several may be named. */
export interface EventSync<Payload = never, Meta = never> {
  /** The queries to fetch again, by keys that match as prefixes. Always right. */
  invalidate?(payload: Payload, meta: Meta): readonly QueryKey[];
  readonly patch?: EventPatch<Payload, Meta>;
  readonly append?: EventAppend<Payload, Meta>;
}

/** What the events of a contract do to the cache, and which queries a room stands behind. */
export interface QuerySync<
  C extends AnyContract = AnyContract,
  Kind extends RoomKind<C> = RoomKind<C>,
> {
  readonly events: {
    readonly [Name in EventName<C>]?: EventSync<EventPayload<C, Name>, EventMeta<C, Name>>;
  };
  /**
   * The least time between two fetches of a query that events made stale, in milliseconds.
   * @default 250
   */
  readonly intervalMs?: number;
  /** Per kind of room the queries that are stale once something in a room was missed. */
  readonly rooms: { readonly [K in Kind]: (params: RoomParams<C, K>) => readonly QueryKey[] };
}
