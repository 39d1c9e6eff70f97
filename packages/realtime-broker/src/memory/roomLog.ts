import type { Position, Publication, PublicationInput } from '@roomcast/realtime-contract';
import type { ReadLimits, ReadResult } from '../broker.ts';
import type { HistoryBounds, LatestBounds } from '../roomBounds.ts';
import type { ByteCount } from './byteCount.ts';
import { createEpoch } from './epoch.ts';
import { LatestValues } from './latestValues.ts';
import { createLogEntry } from './logEntry.ts';
import { readLog } from './readLog.ts';
import { RoomFollowers } from './roomFollowers.ts';
import { RoomHistory } from './roomHistory.ts';

export interface RoomBounds {
  readonly history: HistoryBounds;
  readonly latest: LatestBounds;
}

/** One room: its counters, what is kept of its publications, and its followers. */
export class RoomLog {
  readonly room: string;
  readonly history: RoomHistory;
  readonly latest: LatestValues;
  readonly followers: RoomFollowers = new RoomFollowers();
  #position: Position = { epoch: createEpoch(), offset: 0, revision: 0 };
  #quietSinceMs: number;

  /**
   * @param total - counts the bytes of this room too
   * @param quietSinceMs - since when nothing has been published to it, as far as anybody knows
   */
  constructor(room: string, bounds: RoomBounds, total: ByteCount, quietSinceMs: number) {
    this.room = room;
    this.#quietSinceMs = quietSinceMs;
    this.history = new RoomHistory(bounds.history, total);
    this.latest = new LatestValues(bounds.latest, total);
  }

  get position(): Position {
    return this.#position;
  }

  get isFollowed(): boolean {
    return this.followers.size > 0;
  }

  /** @param payloadText - the payload as JSON, which is what is kept of it */
  append(input: PublicationInput, payloadText: string, publishedAtMs: number): Publication {
    const { idempotencyKey: _, ...rest } = input;
    const { delivery } = input;
    const position = after(this.#position, input);
    const publication = { ...rest, position, publishedAtMs };
    if (delivery === 'reliable') this.history.append(createLogEntry(publication, payloadText));
    if (delivery === 'latest') this.latest.set(createLogEntry(publication, payloadText));
    this.#position = position;
    this.#quietSinceMs = publishedAtMs;
    return publication;
  }

  read(since: Position | null, limits: ReadLimits): ReadResult {
    const state = { position: this.#position, history: this.history, latest: this.latest };
    return readLog({ ...state, quietSinceMs: this.#quietSinceMs }, since, limits);
  }

  /** Lets go of what is kept; the counters stay. */
  clear(): void {
    this.history.clear();
    this.latest.clear();
  }
}

function after({ epoch, offset, revision }: Position, { delivery }: PublicationInput): Position {
  if (delivery === 'reliable') return { epoch, offset: offset + 1, revision };
  return { epoch, offset, revision: revision + (delivery === 'latest' ? 1 : 0) };
}
