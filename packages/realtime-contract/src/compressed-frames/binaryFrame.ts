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

/** A binary frame that has arrived, with what tells whether it is as it was sent. */
export type ArrivedBinaryFrame = BinaryFrame & {
  /** All of the message but its checksum. */
  readonly checked: Uint8Array;
  readonly checksum: number;
};

/** The first byte. */
const codes = { deflate: 1, dictionary: 2, delta: 3, base: 4 } as const;

/** What one byte can tell of a room's name. */
const maxNameBytes = 255;

/** At the end of a message, the highest byte first. */
const checksumBytes = 4;

/**
 * @param checksumOf - a number of 32 bits for all that comes in front of it
 * @throws RoomcastError `INVALID_ROOM` for a room that no contract makes
 */
export function encodeBinaryFrame(
  frame: BinaryFrame,
  checksumOf: (checked: Uint8Array) => number,
): Uint8Array {
  const { body } = frame;
  const header = 'room' in frame ? encodeRoomHeader(frame.codec, frame.room) : [codes[frame.codec]];
  const checkedBytes = header.length + body.length;
  const message = new Uint8Array(checkedBytes + checksumBytes);
  message.set(header);
  message.set(body, header.length);
  const checksum = checksumOf(message.subarray(0, checkedBytes));
  new DataView(message.buffer).setUint32(checkedBytes, checksum);
  return message;
}

function encodeRoomHeader(codec: 'base' | 'delta', room: string): number[] {
  const name = new TextEncoder().encode(room);
  if (name.length > 0 && name.length <= maxNameBytes) return [codes[codec], name.length, ...name];
  const problem = `its name has ${name.length} bytes of 1 to ${maxNameBytes}`;
  throw new RoomcastError('INVALID_ROOM', `No frame can name this room: ${problem}.`);
}

/**
 * Takes a binary frame apart; the body is a view of the message. Neither is it looked at, nor is the
 * checksum compared.
 *
 * @throws RoomcastError `INVALID_FRAME` for anything that is none
 */
export function parseBinaryFrame(message: Uint8Array): ArrivedBinaryFrame {
  const checkedBytes = message.length - checksumBytes;
  if (checkedBytes < 1) throw invalidFrame('it is shorter than a code and a checksum');
  const checked = message.subarray(0, checkedBytes);
  const view = new DataView(message.buffer, message.byteOffset);
  return { ...parseChecked(checked), checked, checksum: view.getUint32(checkedBytes) };
}

function parseChecked(checked: Uint8Array): BinaryFrame {
  const [code, nameBytes = 0] = checked;
  switch (code) {
    case codes.deflate:
      return { codec: 'deflate', body: checked.subarray(1) };
    case codes.dictionary:
      return { codec: 'dictionary', body: checked.subarray(1) };
    case codes.base:
    case codes.delta: {
      const codec = code === codes.base ? 'base' : 'delta';
      const bodyAt = 2 + nameBytes;
      return { codec, room: parseRoom(checked, bodyAt), body: checked.subarray(bodyAt) };
    }
    default:
      throw invalidFrame(`it begins with ${code}`);
  }
}

function parseRoom(checked: Uint8Array, bodyAt: number): string {
  if (bodyAt === 2) throw invalidFrame('it names no room');
  if (bodyAt > checked.length) throw invalidFrame('it ends within the name of its room');
  try {
    // Without these two it would replace what is no UTF-8, and drop U+FEFF from the beginning.
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(checked.subarray(2, bodyAt));
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
