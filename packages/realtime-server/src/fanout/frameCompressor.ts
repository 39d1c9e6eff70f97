import {
  type CompressedFrame,
  compressFrame,
  type RoomEncodings,
  RoomFrames,
} from '@roomcast/realtime-compression/frames';
import type {
  AgreedCompression,
  ContractDictionary,
} from '@roomcast/realtime-contract/compressed-frames';
import type { EncodedMessage } from '../socket-io/encodeEvent.ts';
import type { Batch } from './roomBatches.ts';

/** Compresses the frames of all rooms on this node; each once, however many connections get it. */
export class FrameCompressor {
  readonly #dictionary: Uint8Array;
  readonly #isEncrypted: (event: string) => boolean;
  readonly #rooms = new Map<string, RoomFrames>();

  constructor(
    dictionary: ContractDictionary,
    isEncrypted: (event: string) => boolean = () => false,
  ) {
    this.#dictionary = dictionary.bytes;
    this.#isEncrypted = isEncrypted;
  }

  /** How many rooms have a context. */
  get size(): number {
    return this.#rooms.size;
  }

  /** Whether a frame of these is compressed at all: what is sealed has nothing in it to find. */
  takes(publications: Batch): boolean {
    return !publications.some(({ event }) => this.#isEncrypted(event));
  }

  /** The next frame in the sequence of a room; null where it is too short to be compressed. */
  next(room: string, text: string): RoomEncodings | null {
    const frames = this.#rooms.get(room) ?? new RoomFrames(room, { dictionary: this.#dictionary });
    this.#rooms.set(room, frames);
    return frames.next(text);
  }

  /** Ends the sequence of a room: nobody is there to go on with it. */
  forget(room: string): void {
    this.#rooms.delete(room);
  }

  /** A frame that stands alone, such as a page of the log; the text where that is not worth it. */
  async compress(text: string, agreed: AgreedCompression): Promise<EncodedMessage> {
    if (agreed === 'none') return [text];
    const isAssisted = agreed === 'dictionary';
    const made = await compressFrame(
      text,
      isAssisted ? { dictionary: this.#dictionary } : {},
    )?.encode();
    return made ? messageOf(made) : [text];
  }
}

const messages = new WeakMap<CompressedFrame, EncodedMessage>();

/** The same message for the same frame, so that what is prepared for one connection serves all. */
export function messageOf(frame: CompressedFrame): EncodedMessage {
  const { buffer, byteOffset, length } = frame.message;
  const message = messages.get(frame) ?? [Buffer.from(buffer, byteOffset, length)];
  messages.set(frame, message);
  return message;
}
