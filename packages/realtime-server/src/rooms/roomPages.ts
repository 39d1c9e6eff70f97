import type { Broker, ReadResult } from '@roomcast/realtime-broker';
import {
  type CancelTimer,
  type Clock,
  maxPagePublications,
  type Position,
} from '@roomcast/realtime-contract';
import type { AgreedCompression } from '@roomcast/realtime-contract/compressed-frames';
import type { Dialect } from '../dialects/dialect.ts';
import type { FrameCompressor } from '../fanout/frameCompressor.ts';
import type { Batch } from '../fanout/roomBatches.ts';
import type { DialectName, Session } from '../session/session.ts';
import type { EncodedMessage } from '../socket-io/encodeEvent.ts';

/** The most that one page holds, in bytes of payload. */
export const maxPageBytes: number = 262_144;

/** How long a page is kept for the next client at the same position. */
const pageLifeMs = 1_000;

/** A piece of a room's log, encoded at most once per dialect. */
export interface Page {
  readonly read: ReadResult;
  /** The page as it is written to every session of this kind; empty where there is nothing in it. */
  encode(session: Pick<Session, 'dialect' | 'compression'>): Promise<EncodedMessage>;
}

export interface RoomPagesHost {
  readonly broker: Pick<Broker, 'read'>;
  readonly dialects: Readonly<Record<DialectName, Dialect>>;
  readonly compressor: Pick<FrameCompressor, 'compress' | 'takes'>;
  readonly clock: Clock;
}

interface KeptPage {
  readonly page: Promise<Page>;
  readonly cancelTimer: CancelTimer;
}

/**
 * Reads pages of the log. Clients that come back together stand at the same position and share one
 * read and one encoding, until the room is published to.
 */
export class RoomPages {
  readonly #broker: Pick<Broker, 'read'>;
  readonly #dialects: Readonly<Record<DialectName, Dialect>>;
  readonly #compressor: Pick<FrameCompressor, 'compress' | 'takes'>;
  readonly #clock: Clock;
  readonly #rooms = new Map<string, Map<string, KeptPage>>();

  constructor({ broker, dialects, compressor, clock }: RoomPagesHost) {
    this.#broker = broker;
    this.#dialects = dialects;
    this.#compressor = compressor;
    this.#clock = clock;
  }

  /** How many pages are kept now. */
  get size(): number {
    return [...this.#rooms.values()].reduce((sum, pages) => sum + pages.size, 0);
  }

  read(room: string, since: Position | null): Promise<Page> {
    const key = since ? `${since.offset} ${since.revision} ${since.epoch}` : '';
    return this.#rooms.get(room)?.get(key)?.page ?? this.#load(room, since, key);
  }

  /** The room's log has changed: what was read of its end is out of date. */
  forget(room: string): void {
    for (const { cancelTimer } of this.#rooms.get(room)?.values() ?? []) cancelTimer();
    this.#rooms.delete(room);
  }

  #load(room: string, since: Position | null, key: string): Promise<Page> {
    const page = this.#read(room, since);
    const drop = () => {
      const pages = this.#rooms.get(room);
      if (pages?.get(key)?.page === page) pages.delete(key);
      if (pages?.size === 0) this.#rooms.delete(room);
    };
    const pages = this.#rooms.get(room) ?? new Map<string, KeptPage>();
    this.#rooms.set(room, pages);
    pages.set(key, { page, cancelTimer: this.#clock.schedule(drop, pageLifeMs) });
    // A failed read is nothing to share.
    page.catch(drop);
    return page;
  }

  async #read(room: string, since: Position | null): Promise<Page> {
    const encode = async (
      publications: Batch,
      dialect: DialectName,
      compression: AgreedCompression,
    ): Promise<EncodedMessage> => {
      const smaller = this.#dialects[dialect].compress?.(publications);
      if (smaller) return smaller;
      const message = this.#dialects[dialect].encode(publications);
      const [text] = message;
      if (compression === 'none' || typeof text !== 'string') return message;
      if (!this.#compressor.takes(publications)) return message;
      return this.#compressor.compress(text, compression);
    };
    const limits = { maxPublications: maxPagePublications, maxBytes: maxPageBytes };
    const read = await this.#broker.read(room, since, limits);
    const encoded = new Map<string, Promise<EncodedMessage>>();
    const [first, ...rest] = read.status === 'continued' ? read.publications : [];
    return {
      read,
      async encode({ dialect, compression }) {
        if (!first) return [];
        const kind = `${dialect} ${compression}`;
        const message = encoded.get(kind) ?? encode([first, ...rest], dialect, compression);
        encoded.set(kind, message);
        return message;
      },
    };
  }
}
