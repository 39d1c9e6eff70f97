import type { Position } from '@roomcast/realtime-contract';
import type { Query, QueryCacheNotifyEvent } from '@tanstack/react-query';
import { type Moment, unknownMoment } from './moments.ts';
import { covers, type RoomPosition } from './positions.ts';
import { type QueryPatch, QueryPatches } from './queryPatches.ts';
import { landPosition, readPosition } from './snapshotPositions.ts';
import { StaleMarks } from './staleMarks.ts';
import type { SyncContext } from './syncContext.ts';

type CacheAction = Extract<QueryCacheNotifyEvent, { type: 'updated' }>['action'];

/** Why a query has to be fetched. */
export interface Change {
  readonly room: string;
  /** A snapshot of this position has it; null where none tells. */
  readonly position: Position | null;
  readonly intervalMs?: number | undefined;
  /** The call that it comes of. */
  readonly causedBy?: string | undefined;
}

/** Something that was missed, or may have been. */
export interface Miss extends Change {
  /** What was fetched after this has it. */
  readonly before: Moment;
  /** So has what was fetched from here on: nothing has been published since then. */
  readonly quietSinceMs: number;
  /** How long the fetch may wait, so that not all clients fetch at once. */
  readonly delayMs: number;
}

/** @param began - when the fetch began */
type LandingListener = (snapshot: RoomPosition | null, began: Moment) => void;

/** One query of the cache: what made it stale, when it is fetched, and what patches it. */
export class SyncedQuery {
  readonly #context: SyncContext;
  readonly #query: Query;
  readonly #marks = new StaleMarks();
  readonly patches: QueryPatches;
  readonly #landings = new Set<LandingListener>();
  /** When the running fetch began; null while none runs. */
  #running: Moment | null;
  /** When the fetch began that brought the data; null while there is none. */
  #data: Moment | null;
  #seen: unknown;
  #intervalMs: number;
  #earliestMs = Number.NEGATIVE_INFINITY;
  #startedAtMs = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | null = null;

  constructor(context: SyncContext, query: Query) {
    const { data, fetchStatus } = query.state;
    this.#context = context;
    this.#query = query;
    this.#intervalMs = context.timing.intervalMs;
    this.#seen = data;
    this.#data = data === undefined ? null : unknownMoment;
    this.#running = fetchStatus === 'idle' ? null : unknownMoment;
    this.patches = new QueryPatches(context, query, () => {
      this.#mark({ room: '', position: null }, context.moments.next().order);
    });
    if (this.#running) this.patches.beginFetch();
  }

  patch(patch: QueryPatch): void {
    this.patches.add(patch);
    // Where a fetch failed, the next event is the moment to try again.
    this.consider();
  }

  /** Hears of every response that has come into the cache, with its position if it has one. */
  onLanded(listener: LandingListener): () => void {
    this.#landings.add(listener);
    return () => void this.#landings.delete(listener);
  }

  /** An event says that the data is another one now, unless a snapshot has it already. */
  markStale(change: Change): void {
    if (!this.#has(change)) this.#mark(change, this.#context.moments.next().order);
    this.patches.confirm(change.causedBy);
  }

  /** The data is stale where it or the fetch that runs is from before the miss. */
  miss(miss: Miss): void {
    const { before, quietSinceMs, delayMs } = miss;
    if (this.#has(miss)) return;
    const isAfter = ({ order, atMs }: Moment) => order > before.order || atMs >= quietSinceMs;
    const [data, running] = [this.#data, this.#running];
    if (data && isAfter(data)) return;
    if (!data && !running && this.#query.state.status !== 'error') return;
    this.#earliestMs = this.#context.ports.clock.now() + delayMs;
    this.#mark(miss, running && isAfter(running) ? running.order - 1 : before.order);
  }

  /** Fetches the query where it is stale and may be fetched now or soon. */
  consider(): void {
    if (this.#marks.size === 0 || this.#cancelTimer) return;
    let isCancelled = false;
    this.#cancelTimer = () => {
      isCancelled = true;
    };
    // What arrives in the same turn costs one fetch.
    queueMicrotask(() => {
      if (!isCancelled) this.#evaluate();
    });
  }

  /**
   * Takes over what happened to the query in the cache.
   *
   * @returns whether it got data of which nobody knows when it was fetched
   */
  update(action: CacheAction): boolean {
    const { state } = this.#query;
    const wasSeen = state.data === this.#seen;
    this.#seen = state.data;
    if (action.type === 'fetch') this.#begin();
    const isLanding = action.type === 'success' && !action.manual;
    if (isLanding) this.#land();
    else if (this.#running && state.fetchStatus === 'idle') this.#fail(action.type !== 'error');
    if (action.type === 'success') this.#stayInvalidated();
    if (!wasSeen && !isLanding) this.patches.rebase();
    const isForeign = !wasSeen && action.type !== 'success';
    if (state.data === undefined) this.#data = null;
    else if (isForeign || !this.#data) this.#data = unknownMoment;
    return isForeign && this.#data !== null;
  }

  /** Puts what events brought into the data, without waiting for the frame. */
  flush(): void {
    this.patches.flush();
  }

  stop(): void {
    this.#stopTimer();
    this.patches.stop();
  }

  /** Whether the data is of a snapshot that has a change. */
  #has({ room, position }: Change): boolean {
    const known = readPosition(this.#context.queries, this.#query.queryHash);
    return position !== null && known?.room === room && covers(known.position, position);
  }

  #mark({ room, position, intervalMs }: Change, order: number): void {
    this.#intervalMs = intervalMs ?? this.#intervalMs;
    this.#marks.add(room, { order, position });
    this.#stayInvalidated();
    this.consider();
  }

  #begin(): void {
    this.#running = this.#context.moments.next();
    this.#startedAtMs = this.#running.atMs;
    this.#stopTimer();
    this.patches.beginFetch();
  }

  #land(): void {
    const { queries } = this.#context;
    const began = this.#running ?? unknownMoment;
    const isPage = this.#query.state.fetchMeta?.fetchMore !== undefined;
    const snapshot = landPosition(queries, this.#query.queryHash);
    this.#running = null;
    // One more page leaves the other pages as old as they were.
    if (!isPage) {
      this.#data = began;
      this.#marks.clear(began.order, snapshot);
    }
    for (const listener of [...this.#landings]) listener(snapshot, began);
    this.patches.land(snapshot);
    this.#seen = this.#query.state.data;
    this.consider();
  }

  /** What failed is not tried again at once: the query's own `retry` has been through. */
  #fail(isCancelled: boolean): void {
    this.#running = null;
    this.patches.endFetch();
    if (isCancelled) this.consider();
  }

  #evaluate(): void {
    const { queries, ports, timing } = this.#context;
    this.#stopTimer();
    // The end of a fetch that cannot have everything leads here again.
    if (this.#marks.size === 0 || this.#running || !this.#query.isActive()) return;
    const dueMs = Math.max(this.#startedAtMs + this.#intervalMs, this.#earliestMs);
    // A clock that was set back must not hold everything up.
    const waitMs = Math.min(dueMs - ports.clock.now(), this.#intervalMs + timing.spreadMs);
    if (waitMs > 0) {
      this.#cancelTimer = ports.clock.schedule(() => this.#evaluate(), waitMs);
      return;
    }
    void queries.refetchQueries(this.#filters, { cancelRefetch: false });
  }

  /** For whoever else asks whether it is stale; every write to the cache forgets it. */
  #stayInvalidated(): void {
    const { queries } = this.#context;
    if (this.#marks.size === 0 || this.#query.state.isInvalidated) return;
    void queries.invalidateQueries({ ...this.#filters, refetchType: 'none' });
  }

  get #filters() {
    const { queryKey } = this.#query;
    return { queryKey, exact: true, predicate: (query: Query) => query === this.#query };
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }
}
