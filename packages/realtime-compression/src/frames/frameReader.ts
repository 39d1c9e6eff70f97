import { type BinaryFrame, parseBinaryFrame } from '@roomcast/realtime-contract/compressed-frames';
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
  /**
   * In how many rooms that were not {@link FrameReader.expect expected} a context is kept: each has
   * up to 32,768 bytes, and it is the server that names them.
   * @default 128
   */
  readonly maxUnexpectedRooms?: number;
}

/** Reads the binary frames of one connection, in the order in which they came. */
export interface FrameReader {
  /**
   * The text of a binary frame.
   *
   * @throws RoomcastError `INVALID_FRAME` for anything else, too long a text and a context in one
   * room too many included; the connection is of no use then
   */
  read(message: Uint8Array): string;
  /** Makes room for the context of a room: it was asked for, or its join was acknowledged. */
  expect(room: string): void;
  /** Ends the context of a room: when its leave was acknowledged or a result says `refused`. */
  leave(room: string): void;
  /** Ends every context: the connection is gone. */
  clear(): void;
}

/** What a platform does about binary frames. */
export interface FramePlatform {
  readonly inflate: InflateUpTo;
  /** CRC-32 as zlib's, continued from an earlier one. */
  crc32(bytes: Uint8Array, previous: number): number;
}

/** @throws RoomcastError `INVALID_CONFIG` */
export function createFrameReader(
  { inflate, crc32 }: FramePlatform,
  { dictionary: agreed, maxBytes, maxUnexpectedRooms = 128 }: FrameReaderOptions = {},
): FrameReader {
  const inflateFrame = createInflate(inflate, maxBytes);
  const expected = new Set<string>();
  const contexts = new Map<string, Uint8Array>();
  let unexpected = 0;

  function dictionaryOf(frame: BinaryFrame): Uint8Array | undefined {
    const { codec } = frame;
    if (codec === 'deflate') return;
    const dictionary = codec === 'delta' ? contexts.get(frame.room) : agreed;
    if (dictionary || codec === 'base') return dictionary;
    throw invalidFrame(`what its codec "${codec}" refers to is not here`);
  }

  function keep(room: string, text: Uint8Array): void {
    if (!contexts.has(room) && !expected.has(room)) {
      if (unexpected >= maxUnexpectedRooms) throw invalidFrame('it is of one room too many');
      unexpected += 1;
    }
    contexts.set(room, roomContext(text));
  }

  return {
    read(message) {
      const frame = parseBinaryFrame(message);
      const { bytes, text } = inflateFrame(frame.body, dictionaryOf(frame));
      if (crc32(bytes, crc32(frame.checked, 0)) !== frame.checksum) {
        throw invalidFrame('its checksum does not match');
      }
      if ('room' in frame) keep(frame.room, bytes);
      return text;
    },
    expect(room) {
      if (contexts.has(room) && !expected.has(room)) unexpected -= 1;
      expected.add(room);
    },
    leave(room) {
      if (contexts.delete(room) && !expected.has(room)) unexpected -= 1;
      expected.delete(room);
    },
    clear() {
      expected.clear();
      contexts.clear();
      unexpected = 0;
    },
  };
}
