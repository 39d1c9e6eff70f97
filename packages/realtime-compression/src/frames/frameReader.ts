import { type BinaryFrame, parseBinaryFrame } from '@roomcast/realtime-contract';
import {
  createInflate,
  type InflateFrameOptions,
  type InflateUpTo,
  invalidFrame,
} from './inflateFrame.ts';
import { roomContext } from './roomContext.ts';

/** How the binary frames of one connection are read. */
export interface FrameReaderOptions extends InflateFrameOptions {
  /**
   * The dictionary of the contract, where `dictionary:<id>` was agreed.
   * @default none: frames that need it are refused
   */
  readonly dictionary?: Uint8Array;
}

/** Reads the binary frames of one connection, in the order in which they came. */
export interface FrameReader {
  /**
   * The text of a binary frame.
   *
   * @throws RoomcastError `INVALID_FRAME` for anything else, too long a text included; the connection
   * is of no use then
   */
  read(message: Uint8Array): string;
  /** Ends the context of a room: when its leave was acknowledged or a result says `refused`. */
  leave(room: string): void;
  /** Ends every context: the connection is gone. */
  clear(): void;
}

/** @throws RoomcastError `INVALID_CONFIG` */
export function createFrameReader(
  inflate: InflateUpTo,
  { dictionary: agreed, maxBytes }: FrameReaderOptions = {},
): FrameReader {
  const inflateFrame = createInflate(inflate, maxBytes);
  const contexts = new Map<string, Uint8Array>();

  function dictionaryOf(frame: BinaryFrame): Uint8Array | undefined {
    const { codec } = frame;
    if (codec === 'deflate') return;
    const dictionary = codec === 'delta' ? contexts.get(frame.room) : agreed;
    if (dictionary || codec === 'base') return dictionary;
    throw invalidFrame(`what its codec "${codec}" refers to is not here`);
  }

  return {
    read(message) {
      const frame = parseBinaryFrame(message);
      const { bytes, text } = inflateFrame(frame.body, dictionaryOf(frame));
      if ('room' in frame) contexts.set(frame.room, roomContext(bytes));
      return text;
    },
    leave: (room) => void contexts.delete(room),
    clear: () => contexts.clear(),
  };
}
