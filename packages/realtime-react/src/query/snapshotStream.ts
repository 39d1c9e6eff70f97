import {
  followRoom,
  type RealtimeClient,
  type RoomFollow,
  type RoomPublication,
} from '@roomcast/realtime-client';
import type { AnyContract, Position } from '@roomcast/realtime-contract';
import type { Query } from '@tanstack/react-query';
import type { RoomTarget } from '../rooms/roomTarget.ts';
import { checkPatch } from './checkPatch.ts';
import { positionOf, type RoomPosition } from './positions.ts';
import { readPosition, writePosition } from './snapshotPositions.ts';
import type { SyncedQueries } from './syncedQueries.ts';

/** What a publication does to the data; undefined where it does nothing. */
type PatchOf = (publication: RoomPublication) => ((data: unknown) => unknown) | undefined;

export interface SnapshotStreamOptions {
  readonly client: RealtimeClient<AnyContract>;
  readonly synced: SyncedQueries;
  readonly query: Query;
  readonly target: RoomTarget;
  readonly patchOf: PatchOf;
}

/** Changes the data of one query by the stream of its room, from the position of its snapshot on. */
export class SnapshotStream {
  readonly #options: SnapshotStreamOptions;
  readonly #stop: () => void;
  #follow: RoomFollow | null = null;

  constructor(options: SnapshotStreamOptions) {
    const { synced, query } = options;
    this.#options = options;
    this.#stop = synced.of(query).onLanded((snapshot) => this.#land(snapshot));
    const known = readPosition(synced.context.queries, query.queryHash);
    if (known && query.state.data !== undefined) this.#start(known.position);
  }

  stop(): void {
    const { synced, query } = this.#options;
    const { queries } = synced.context;
    this.#stop();
    if (!this.#follow) return;
    synced.of(query).flush();
    const { room, position, state } = this.#follow;
    const isKept = queries.getQueryCache().get(query.queryHash) === query;
    // Who shows the data next goes on from here.
    if (isKept && state.status !== 'ended') {
      writePosition(queries, query.queryHash, { room, position });
    }
    this.#follow.release();
  }

  #land(snapshot: RoomPosition | null): void {
    if (!snapshot) return;
    const before = this.#follow;
    const isLive = before && before.state.status !== 'ended';
    if (isLive && before.position.epoch === snapshot.position.epoch) return;
    this.#start(snapshot.position);
    before?.release();
  }

  #start(since: Position): void {
    const { client, target } = this.#options;
    try {
      this.#follow = followRoom(client, [...target], {
        since,
        onPublication: (publication) => this.#hear(publication),
        onGap: () => this.#miss(),
      });
    } catch (error) {
      client.ports.report(error, 'followRoom');
    }
  }

  #hear(publication: RoomPublication): void {
    const { synced, query, client, patchOf } = this.#options;
    const { causedBy } = publication;
    const position = positionOf(publication);
    const room = this.#follow?.room ?? '';
    if (publication.removed || publication.unreadable) {
      synced.of(query).markStale({ room, position, causedBy });
      return;
    }
    const once = patchOf(publication);
    if (!once) {
      synced.of(query).consider();
      return;
    }
    synced.of(query).patch({
      ...{ at: position && { room, position }, causedBy },
      apply: checkPatch(once, publication.event, client.ports.report),
    });
  }

  /** Only another snapshot can help. */
  #miss(): void {
    const { synced, query } = this.#options;
    const { moments, timing } = synced.context;
    synced.of(query).miss({
      room: this.#follow?.room ?? '',
      before: moments.next(),
      position: null,
      quietSinceMs: Number.POSITIVE_INFINITY,
      delayMs: timing.random() * timing.spreadMs,
    });
  }
}
