import type { Query } from '@tanstack/react-query';
import { Frame } from '../frame.ts';
import { covers, type RoomPosition } from './positions.ts';
import { readPosition } from './snapshotPositions.ts';
import type { SyncContext } from './syncContext.ts';

/** A change of the data of one query. */
export interface QueryPatch {
  /** What it was made of: a snapshot that covers this has it; null where none tells. */
  readonly at: RoomPosition | null;
  /** The call whose optimistic change it makes true. */
  readonly causedBy?: string | undefined;
  /** @throws whatever the user's function throws */
  apply(data: unknown): unknown;
}

/** A change that nobody has confirmed yet; it lies over the data until it is taken away. */
export interface OptimisticLayer {
  /** The call that it shows the effect of. */
  readonly causedBy: string;
  apply(data: unknown): unknown;
  /** It is true: it goes when a fetch lands that begins from now on. */
  confirm(): void;
}

/** The most patches that wait for one fetch; beyond them the query is fetched once more. */
const maxReplayed = 10_000;

/**
 * The changes of one query that events bring: each once a frame, and once more over the response of
 * a fetch that may have been read before them.
 */
export class QueryPatches {
  readonly #context: SyncContext;
  readonly #query: Query;
  readonly #onLost: () => void;
  readonly #frame: Frame;
  /** Not in the data yet. */
  #waiting: QueryPatch[] = [];
  /** Since the running fetch began; null while none runs. */
  #sinceFetch: QueryPatch[] | null = null;
  readonly #layers = new Set<OptimisticLayer>();
  /** The data below the layers. */
  #base: unknown;
  #isWriting = false;

  /** @param onLost - a patch could not be applied: only a fetch can help */
  constructor(context: SyncContext, query: Query, onLost: () => void) {
    this.#context = context;
    this.#query = query;
    this.#onLost = onLost;
    this.#base = query.state.data;
    this.#frame = new Frame(context.ports.clock, () => this.flush());
  }

  add(patch: QueryPatch): void {
    const { queries } = this.#context;
    // It goes in the same write in which the patch comes.
    for (const layer of this.#layers) {
      if (layer.causedBy === patch.causedBy) this.removeLayer(layer);
    }
    if (isIn(patch, readPosition(queries, this.#query.queryHash))) return;
    this.#sinceFetch?.push(patch);
    if (this.#query.state.data === undefined) return;
    this.#waiting.push(patch);
    this.#frame.request();
  }

  /** Shows a change at once; without data there is nothing to change. */
  addLayer(layer: OptimisticLayer): void {
    this.#layers.add(layer);
    this.flush();
  }

  /** Whether it is still shown. */
  has(layer: OptimisticLayer): boolean {
    return this.#layers.has(layer);
  }

  /** An event of a call has made the data stale. */
  confirm(causedBy: string | undefined): void {
    for (const layer of this.#layers) if (layer.causedBy === causedBy) layer.confirm();
  }

  /** Takes it away in the frame in which the patches of now are seen. */
  removeLayer(layer: OptimisticLayer): void {
    if (this.#layers.delete(layer)) this.#frame.request();
  }

  /** Somebody else has written the data. */
  rebase(): void {
    if (!this.#isWriting) this.#base = this.#query.state.data;
  }

  beginFetch(): void {
    this.#sinceFetch ??= [];
  }

  /** The fetch brought nothing. */
  endFetch(): void {
    this.#sinceFetch = null;
  }

  /** The response is in the cache, and nobody has seen it yet. */
  land(snapshot: RoomPosition | null): void {
    const since = this.#sinceFetch ?? [];
    this.#sinceFetch = null;
    if (since.length > maxReplayed) this.#onLost();
    this.#waiting = since.slice(-maxReplayed).filter((patch) => !isIn(patch, snapshot));
    this.#base = this.#query.state.data;
    this.flush();
  }

  /** Puts what waits into the data. */
  flush(): void {
    const { queryKey, queryHash, state } = this.#query;
    this.#frame.cancel();
    for (const { apply } of this.#waiting.splice(0)) this.#base = this.#apply(apply, this.#base);
    let data = this.#base;
    for (const layer of this.#layers) data = this.#apply((shown) => layer.apply(shown), data);
    const { queries } = this.#context;
    if (data === undefined || data === state.data) return;
    // Another one may have its key by now.
    if (queries.getQueryCache().get(queryHash) !== this.#query) return;
    this.#isWriting = true;
    queries.setQueryData(queryKey, data);
    this.#isWriting = false;
    // Structural sharing may have made another object of the same data.
    if (this.#layers.size === 0) this.#base = this.#query.state.data;
  }

  stop(): void {
    this.#frame.cancel();
  }

  #apply(apply: (data: unknown) => unknown, data: unknown): unknown {
    if (data === undefined) return data;
    try {
      return apply(data);
    } catch (error) {
      this.#context.ports.report(error, 'patch');
      this.#onLost();
      return data;
    }
  }
}

function isIn({ at }: QueryPatch, known: RoomPosition | null): boolean {
  return at !== null && known?.room === at.room && covers(known.position, at.position);
}
