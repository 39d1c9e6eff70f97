import type { Query } from '@tanstack/react-query';
import { covers, type RoomPosition } from '../../query/positions.ts';
import { readPosition } from '../../query/snapshotPositions.ts';
import type { SyncedQueries } from '../../query/syncedQueries.ts';
import type { Change, SyncedQuery } from '../../query/syncedQuery.ts';
import type { EffectRecord } from './records.ts';

/** What the query sync did to a query. */
export interface SyncedEffect {
  readonly kind: EffectRecord['kind'];
  readonly query: Query;
  /** Whether for something that may have been missed, and not for an event. */
  readonly isMiss: boolean;
  /** Of the publication; null where nobody knows. */
  readonly at: RoomPosition | null;
}

type EffectListener = (effect: SyncedEffect) => void;

/** What is heard of one cache. */
interface Decoration {
  readonly listeners: Set<EffectListener>;
  /** How many of the methods are running. */
  running: number;
}

export interface EffectWatch {
  /** Whether the query sync is at work, so that what happens to the cache is its doing. */
  isActing(): boolean;
  /** Ends it; harmless when called twice. */
  stop(): void;
}

const decorations = new WeakMap<SyncedQueries, Decoration>();

/**
 * Hears what the query sync of a cache does. It takes the place of the methods that do it, so that
 * pages without devtools have nothing of this in them.
 */
export function watchSyncedEffects(synced: SyncedQueries, onEffect: EffectListener): EffectWatch {
  const decoration = decorations.get(synced) ?? decorate(synced);
  const listener: EffectListener = (effect) => onEffect(effect);
  decoration.listeners.add(listener);
  return {
    isActing: () => decoration.running > 0,
    stop: () => void decoration.listeners.delete(listener),
  };
}

/** Once for a cache, and for its life: listeners come and go. */
function decorate(synced: SyncedQueries): Decoration {
  const decoration: Decoration = { listeners: new Set(), running: 0 };
  decorations.set(synced, decoration);
  const decorated = new WeakSet<SyncedQuery>();
  const of = synced.of.bind(synced);
  synced.of = (query) => {
    const one = of(query);
    if (!decorated.has(one)) decorateQuery(decoration, synced, one, query);
    decorated.add(one);
    return one;
  };
  return decoration;
}

function decorateQuery(
  decoration: Decoration,
  { context }: SyncedQueries,
  one: SyncedQuery,
  query: Query,
): void {
  const tell: EffectListener = (effect) => {
    for (const listener of [...decoration.listeners]) listener(effect);
  };
  const act = (work: () => void) => {
    decoration.running += 1;
    try {
      work();
    } finally {
      decoration.running -= 1;
    }
  };
  const [patch, markStale, miss] = [one.patch, one.markStale, one.miss];
  one.patch = (change) => {
    const { at } = change;
    const known = at && readPosition(context.queries, query.queryHash);
    const isKnown = at && known?.room === at.room && covers(known.position, at.position);
    act(() => patch.call(one, change));
    tell({ kind: isKnown ? 'known' : 'patched', query, isMiss: false, at });
  };
  one.markStale = (change) => {
    act(() => markStale.call(one, change));
    const kind = query.state.isInvalidated ? 'stale' : 'known';
    tell({ kind, query, isMiss: false, at: placeOf(change) });
  };
  one.miss = (change) => {
    act(() => miss.call(one, change));
    // What was fetched late enough misses nothing.
    if (query.state.isInvalidated)
      tell({ kind: 'stale', query, isMiss: true, at: placeOf(change) });
  };
}

function placeOf({ room, position }: Change): RoomPosition | null {
  return position && { room, position };
}
