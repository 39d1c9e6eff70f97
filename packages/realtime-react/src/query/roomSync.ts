import type { RealtimeClient, Recovery, RoomPublication } from '@roomcast/realtime-client';
import type { AnyContract, Position } from '@roomcast/realtime-contract';
import type { Query, QueryKey } from '@tanstack/react-query';
import { joinRoom, type RoomUse } from '../rooms/joinRoom.ts';
import type { RoomTarget } from '../rooms/roomTarget.ts';
import { eventPatches } from './eventPatches.ts';
import type { Moment } from './moments.ts';
import { covers, positionOf } from './positions.ts';
import type { QuerySync } from './querySync.ts';
import { quietSinceMs } from './quietSince.ts';
import type { SyncedQueries } from './syncedQueries.ts';

export interface RoomSyncOptions {
  readonly client: RealtimeClient<AnyContract>;
  readonly synced: SyncedQueries;
  readonly sync: QuerySync;
  readonly target: RoomTarget;
  /** Up to where the queries were kept true before; null where they were not. */
  readonly since: Position | null;
}

/** Keeps the queries of one room true for as long as it lives. */
export class RoomSync {
  readonly #options: RoomSyncOptions;
  readonly #room: RoomUse;
  readonly #stops: readonly (() => void)[];

  constructor(options: RoomSyncOptions) {
    const { client, synced, target, since } = options;
    this.#options = options;
    this.#room = joinRoom(client, target);
    this.#stops = [
      this.#room.onPublication((publication) => this.#hear(publication)),
      this.#room.onRecovery((recovery) => this.#recover(recovery)),
      synced.onArrival((query) => this.#meet(query)),
    ];
    const { position } = this.#room;
    // The client was in this room before, for others: nobody here has heard what happened since the
    // queries were fetched, and a stream that goes on will not tell.
    if (position && !(since && covers(since, position))) {
      this.#miss(synced.context.moments.beforeTurn(), Number.POSITIVE_INFINITY);
    }
  }

  /** @returns up to where the queries were kept true */
  stop(): Position | null {
    const { position } = this.#room;
    for (const stop of this.#stops) stop();
    this.#room.release();
    return position;
  }

  get #bound(): readonly QueryKey[] {
    const { sync, target } = this.#options;
    const [kind, params] = target;
    return sync.rooms[kind]?.(params) ?? [];
  }

  #hear(publication: RoomPublication): void {
    const { sync, target, client, synced } = this.#options;
    const effects = sync.events[publication.event];
    if (!effects) return;
    const { event, payload, delivery, counter, publishedAtMs, causedBy } = publication;
    const [kind, params] = target;
    const { room } = this.#room;
    const removed = publication.removed || publication.unreadable;
    const meta = { room, kind, params, delivery, counter, publishedAtMs, causedBy };
    const position = positionOf(publication);
    try {
      // Where a value is gone, or cannot be read, there is no payload that a function could take.
      const keys = removed ? this.#bound : effects.invalidate?.(payload as never, meta);
      this.#markStale(keys ?? [], position, causedBy);
      if (removed) return;
      const at = position && { room, position };
      for (const { keys, apply } of eventPatches(event, effects, client.ports.report)) {
        const patch = { at, causedBy, apply: (data: unknown) => apply(data, payload, meta) };
        for (const query of synced.matching(keys(payload, meta))) synced.of(query).patch(patch);
      }
    } catch (error) {
      this.#markStale(this.#bound, position);
      throw error;
    }
  }

  #recover(recovery: Recovery): void {
    const { synced } = this.#options;
    if (recovery.status === 'resumed') {
      // What could not be fetched while there was no network is tried again.
      for (const query of synced.matching(this.#bound)) synced.of(query).consider();
      return;
    }
    const { moments, ports, timing } = synced.context;
    const quietMs = quietSinceMs(recovery, ports.clock.now());
    const delayMs = recovery.status === 'gap' ? timing.random() * timing.spreadMs : 0;
    this.#miss(moments.next(), quietMs, delayMs);
  }

  /** A query came into the cache with data that may be from before what was heard here. */
  #meet(query: Query): void {
    const { synced } = this.#options;
    const before = synced.context.moments.next();
    if (synced.matching(this.#bound).has(query)) {
      this.#missFor(query, before, Number.POSITIVE_INFINITY);
    }
  }

  #miss(before: Moment, quietMs: number, delayMs = 0): void {
    for (const query of this.#options.synced.matching(this.#bound)) {
      this.#missFor(query, before, quietMs, delayMs);
    }
  }

  #missFor(query: Query, before: Moment, quietMs: number, delayMs = 0): void {
    const { synced, sync } = this.#options;
    const { room, position } = this.#room;
    const change = { room, position, intervalMs: sync.intervalMs };
    synced.of(query).miss({ ...change, before, delayMs, quietSinceMs: quietMs });
  }

  #markStale(keys: readonly QueryKey[], position: Position | null, causedBy?: string): void {
    const { synced, sync } = this.#options;
    const change = { room: this.#room.room, position, causedBy, intervalMs: sync.intervalMs };
    for (const query of synced.matching(keys)) synced.of(query).markStale(change);
  }
}
