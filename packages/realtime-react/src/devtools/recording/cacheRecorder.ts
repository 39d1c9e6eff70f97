import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract, Clock } from '@roomcast/realtime-contract';
import type { QueryCacheNotifyEvent, QueryClient } from '@tanstack/react-query';
import type { RoomPosition } from '../../query/positions.ts';
import { positionKeyPrefix } from '../../query/snapshotPositions.ts';
import { syncedQueriesOf } from '../../query/syncedQueries.ts';
import type {
  EffectRecord,
  EventRecord,
  FetchRecord,
  LogRecord,
  RecoveryRecord,
} from './records.ts';
import { type SyncedEffect, watchSyncedEffects } from './syncedEffects.ts';

/** The most effects on one query that wait for a fetch. */
const maxWaiting = 100;

interface RecordedEffect {
  readonly record: LogRecord;
  readonly effect: EffectRecord;
}

export interface CacheRecorderOptions {
  readonly clock: Clock;
  /** The publication at this position, if it was written down. */
  find(at: RoomPosition): LogRecord | null;
  onChange(): void;
}

/** Finds out which events changed the cache, and which fetches they brought about. */
export class CacheRecorder {
  readonly #options: CacheRecorderOptions;
  /** What the handlers of this turn are called for. */
  #current: EventRecord | null = null;
  /** Effects on queries for what was missed, whose recovery is told after them. */
  #missed: SyncedEffect[] = [];
  /** By query: what the next fetch brings. */
  readonly #waiting = new Map<string, RecordedEffect[]>();
  /** By query: what the running fetch brings. */
  readonly #running = new Map<string, RecordedEffect[]>();

  constructor(options: CacheRecorderOptions) {
    this.#options = options;
  }

  /** @returns a function that ends it */
  start(client: RealtimeClient<AnyContract>, queries: QueryClient): () => void {
    const synced = syncedQueriesOf(queries, client.ports);
    const watch = watchSyncedEffects(synced, (effect) => this.#takeSynced(effect));
    const stop = queries.getQueryCache().subscribe((event) => this.#hear(event, watch.isActing()));
    return () => {
      watch.stop();
      stop();
    };
  }

  /** The handlers of an event are called next: what they do to the cache happens for it. */
  deliver(record: EventRecord): void {
    this.#current = record;
    // Before what those handlers put off to a microtask of their own.
    queueMicrotask(() => {
      this.#current = null;
    });
  }

  /** The query sync has just heard of a recovery. */
  recover(record: RecoveryRecord): void {
    const missed = this.#missed.filter(({ at }) => !at || at.room === record.room);
    this.#missed = [];
    for (const { kind, query } of missed) this.#add(record, kind, query.queryHash);
  }

  clear(): void {
    this.#waiting.clear();
    this.#running.clear();
  }

  /** Behind this turn: queries that are met, and no recovery, were what made them stale. */
  #forgetMissed(): void {
    queueMicrotask(() => {
      this.#missed = [];
    });
  }

  #takeSynced(effect: SyncedEffect): void {
    const { kind, query, isMiss, at } = effect;
    if (isMiss) {
      if (this.#missed.length === 0) this.#forgetMissed();
      this.#missed.push(effect);
      return;
    }
    // What is read from the log reaches the cache later than its frame.
    const record = at ? this.#options.find(at) : this.#current;
    if (record) this.#add(record, kind, query.queryHash);
  }

  /** @param isOfSync - whether the query sync is doing it, which tells of it itself */
  #hear(event: QueryCacheNotifyEvent, isOfSync: boolean): void {
    const { queryHash, queryKey } = event.query;
    if (event.type !== 'updated' || queryKey[0] === positionKeyPrefix) return;
    const { action } = event;
    if (action.type === 'fetch') this.#beginFetch(queryHash);
    else if (action.type === 'error') this.#endFetch(queryHash, true);
    else if (action.type === 'success' && !action.manual) this.#endFetch(queryHash, false);
    else if (this.#current && !isOfSync) {
      // By a handler of the page.
      if (action.type === 'success') this.#add(this.#current, 'patched', queryHash);
      if (action.type === 'invalidate') this.#add(this.#current, 'stale', queryHash);
    }
  }

  #beginFetch(queryHash: string): void {
    const effects = this.#waiting.get(queryHash);
    if (!effects) return;
    this.#waiting.delete(queryHash);
    this.#running.set(queryHash, effects);
    const startedAtMs = this.#options.clock.now();
    const fetch: FetchRecord = { startedAtMs, durationMs: null, isFailed: false };
    for (const { effect, record } of effects) {
      effect.fetch = fetch;
      record.revision += 1;
    }
    this.#options.onChange();
  }

  #endFetch(queryHash: string, isFailed: boolean): void {
    const effects = this.#running.get(queryHash);
    this.#running.delete(queryHash);
    for (const { effect, record } of effects ?? []) {
      if (!effect.fetch) continue;
      effect.fetch.durationMs = this.#options.clock.now() - effect.fetch.startedAtMs;
      effect.fetch.isFailed = isFailed;
      record.revision += 1;
    }
    if (effects) this.#options.onChange();
  }

  /** Once for a query and a kind: the sync and the cache both tell of it. */
  #add(record: LogRecord, kind: EffectRecord['kind'], queryHash: string): void {
    const isTold = record.effects.some((one) => one.queryHash === queryHash && one.kind === kind);
    if (isTold) return;
    const effect: EffectRecord = { kind, queryHash, fetch: null };
    record.effects.push(effect);
    record.revision += 1;
    if (kind === 'stale') {
      const waiting = [...(this.#waiting.get(queryHash) ?? []), { record, effect }];
      this.#waiting.set(queryHash, waiting.slice(-maxWaiting));
    }
    this.#options.onChange();
  }
}
