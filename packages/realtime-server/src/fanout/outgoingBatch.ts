import type { CompressedFrame, RoomEncodings } from '@roomcast/realtime-compression/frames';
import type { Dialect } from '../dialects/dialect.ts';
import type { DialectName, Session } from '../session/session.ts';
import type { EncodedMessage } from '../socket-io/encodeEvent.ts';
import { type FrameCompressor, messageOf } from './frameCompressor.ts';
import type { Batch } from './roomBatches.ts';

/** How many bytes were sent compressed, and how many that would have been. */
export interface ByteTally {
  textBytes: number;
  sentBytes: number;
}

/** A batch on its way to the members of its room: encoded and compressed once for all of them. */
export class OutgoingBatch {
  readonly batch: Batch;
  readonly tally: ByteTally = { textBytes: 0, sentBytes: 0 };
  readonly #dialects: Readonly<Record<DialectName, Dialect>>;
  readonly #compressor: FrameCompressor;
  readonly #encoded: Partial<Record<DialectName, EncodedMessage>> = {};
  #encodings: RoomEncodings | null = null;

  constructor(
    batch: Batch,
    dialects: Readonly<Record<DialectName, Dialect>>,
    compressor: FrameCompressor,
  ) {
    this.batch = batch;
    this.#dialects = dialects;
    this.#compressor = compressor;
  }

  /**
   * Compresses the batch for those who read that, as far as it can be done at once.
   *
   * @returns when the rest is done; null where nothing is left
   */
  prepare(sessions: readonly Session[]): Promise<unknown> | null {
    const waiting = new Set<Promise<unknown>>();
    for (const dialect of new Set(sessions.map((session) => session.dialect))) {
      const made = this.#dialects[dialect].compress?.(this.batch);
      if (made) waiting.add(made.then((message) => (this.#encoded[dialect] = message)));
    }
    const takes = this.#compressor.takes(this.batch);
    const readers = sessions.filter(({ compression }) => takes && compression !== 'none');
    const [text] = readers.length > 0 ? this.#textFor('framed') : [];
    if (typeof text === 'string') {
      this.#encodings = this.#compressor.next(this.batch[0].room, text);
      for (const reader of readers) {
        const made = this.#encodingFor(reader)?.encode();
        if (made instanceof Promise) waiting.add(made);
      }
    }
    return waiting.size > 0 ? Promise.all(waiting) : null;
  }

  /** What to write to a session now; what is not compressed by then goes out as text. */
  messageFor(session: Session): EncodedMessage {
    const made = session.compression === 'none' ? null : this.#encodingFor(session)?.made;
    if (!made || !this.#encodings) return this.#textFor(session.dialect);
    session.contexts.set(this.batch[0].room, this.#encodings.context);
    return this.#count(made);
  }

  #count(made: CompressedFrame): EncodedMessage {
    this.tally.textBytes += made.textBytes;
    this.tally.sentBytes += made.message.length;
    return messageOf(made);
  }

  #encodingFor({ contexts, compression }: Session) {
    const held = contexts.get(this.batch[0].room);
    return this.#encodings?.encodingFor(held, compression === 'dictionary');
  }

  #textFor(dialect: DialectName): EncodedMessage {
    this.#encoded[dialect] ??= this.#dialects[dialect].encode(this.batch);
    return this.#encoded[dialect];
  }
}
