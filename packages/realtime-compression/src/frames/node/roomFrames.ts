import { roomContext, windowBytes } from '../roomContext.ts';
import { bytesToCompress, type CompressFrameOptions } from './compressFrame.ts';
import { createFrameEncoding, type FrameEncoding } from './frameEncoding.ts';

/** One frame of a room in the encodings that its members need. */
export interface RoomEncodings {
  /** What a connection holds once one of them was written to it; unique in this process. */
  readonly context: number;
  /**
   * What to write to a connection: a `delta` where it holds the context of the frame before, and a
   * `base` otherwise. Each is made once, however many ask for it.
   *
   * Where it turns out to be null, the text goes out as it is, and the connection holds what it held.
   *
   * @param held - the `context` that the connection holds of this room; none after it left the room
   * @param hasDictionary - whether `dictionary:<id>` was agreed with it
   */
  encodingFor(held: number | undefined, hasDictionary: boolean): FrameEncoding;
}

/** Counted for the whole process: a room that begins anew must not take an old context for its own. */
let contextCount = 0;

/**
 * Encodes the successive frames of one room, each as a change of the one before. It keeps one
 * context, of at most 32,768 bytes, for all members.
 */
export class RoomFrames {
  readonly #room: string;
  readonly #options: CompressFrameOptions;
  #previous: { readonly context: number; readonly bytes: Uint8Array } | null = null;

  /** @param room - a name that the contract makes */
  constructor(room: string, options: CompressFrameOptions = {}) {
    this.#room = room;
    this.#options = options;
  }

  /**
   * The next frame; null where its text is too short to be compressed.
   *
   * Ask for it when the frame before has been written: what it refers to is the last frame of which
   * an encoding was made.
   */
  next(text: string): RoomEncodings | null {
    const bytes = bytesToCompress(text, this.#options);
    if (!bytes) return null;
    const { dictionary } = this.#options;
    const context = ++contextCount;
    const encoding = (codec: 'base' | 'delta', refersTo?: Uint8Array) =>
      createFrameEncoding({ codec, room: this.#room }, bytes, refersTo, () =>
        this.#keep(context, bytes),
      );

    const plain = encoding('base');
    // What the frame before had at the same place is out of reach, and whoever has the dictionary
    // reads what does not refer to it as well.
    if (bytes.length > windowBytes) return { context, encodingFor: () => plain };

    const previous = this.#previous;
    const assisted = dictionary ? encoding('base', dictionary) : plain;
    const delta = previous && encoding('delta', previous.bytes);
    return {
      context,
      encodingFor(held, hasDictionary) {
        if (delta && held === previous.context) return delta;
        return hasDictionary ? assisted : plain;
      },
    };
  }

  #keep(context: number, bytes: Uint8Array): void {
    if (context <= (this.#previous?.context ?? 0)) return;
    this.#previous = { context, bytes: roomContext(bytes) };
  }
}
