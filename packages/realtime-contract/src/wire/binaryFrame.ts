import { RoomcastError } from '../errors/roomcastError.ts';

/**
 * How the body of a binary frame is deflated, and what its text is good for afterwards.
 *
 * - `deflate`: by itself.
 * - `dictionary`: with the dictionary of the contract.
 * - `base`: as either of these; its text becomes the room's context.
 * - `delta`: with the room's context; its text becomes the next one.
 */
export type BinaryFrameHeader =
  | { readonly codec: 'deflate' | 'dictionary' }
  | { readonly codec: 'base' | 'delta'; readonly room: string };

/** A frame as a binary engine.io message. */
export type BinaryFrame = BinaryFrameHeader & {
  /** The deflated text of the frame. */
  readonly body: Uint8Array;
};

/** The first byte. */
const codes = { deflate: 1, dictionary: 2, delta: 3, base: 4 } as const;

/** What one byte can tell of a room's name. */
const maxNameBytes = 255;

/** @throws RoomcastError `INVALID_ROOM` for a room that no contract makes */
export function encodeBinaryFrame(frame: BinaryFrame): Uint8Array {
  const { body } = frame;
  const header = 'room' in frame ? encodeRoomHeader(frame.codec, frame.room) : [codes[frame.codec]];
  const message = new Uint8Array(header.length + body.length);
  message.set(header);
  message.set(body, header.length);
  return message;
}

function encodeRoomHeader(codec: 'base' | 'delta', room: string): number[] {
  const name = new TextEncoder().encode(room);
  if (name.length > 0 && name.length <= maxNameBytes) return [codes[codec], name.length, ...name];
  const problem = `its name has ${name.length} bytes of 1 to ${maxNameBytes}`;
  throw new RoomcastError('INVALID_ROOM', `No frame can name this room: ${problem}.`);
}

/**
 * Takes a binary frame apart; the body is a view of the message, and not looked at.
 *
 * @throws RoomcastError `INVALID_FRAME` for anything that is none
 */
export function parseBinaryFrame(message: Uint8Array): BinaryFrame {
  const [code, nameBytes = 0] = message;
  switch (code) {
    case codes.deflate:
      return { codec: 'deflate', body: message.subarray(1) };
    case codes.dictionary:
      return { codec: 'dictionary', body: message.subarray(1) };
    case codes.base:
    case codes.delta: {
      const codec = code === codes.base ? 'base' : 'delta';
      const bodyAt = 2 + nameBytes;
      return { codec, room: parseRoom(message, bodyAt), body: message.subarray(bodyAt) };
    }
    default:
      throw invalidFrame(code === undefined ? 'it is empty' : `it begins with ${code}`);
  }
}

function parseRoom(message: Uint8Array, bodyAt: number): string {
  if (bodyAt === 2) throw invalidFrame('it names no room');
  if (bodyAt > message.length) throw invalidFrame('it ends within the name of its room');
  try {
    // Without these two it would replace what is no UTF-8, and drop U+FEFF from the beginning.
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(message.subarray(2, bodyAt));
  } catch (cause) {
    throw invalidFrame('the name of its room is no UTF-8', { cause });
  }
}

function invalidFrame(problem: string, options?: ErrorOptions): RoomcastError {
  return new RoomcastError('INVALID_FRAME', `Not a binary frame: ${problem}.`, options);
}

declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
  encoding: 'utf-8',
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };
