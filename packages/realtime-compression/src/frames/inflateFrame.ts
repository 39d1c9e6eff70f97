import { isRecord, RoomcastError } from '@roomcast/realtime-contract';
import { decodeUtf8 } from '../envelope/utf8.ts';

/**
 * What a platform does about bodies that do not declare their length.
 *
 * @throws Error where the body is damaged, or more than one stream; RangeError where it makes more
 * than `maxBytes`
 */
export type InflateUpTo = (
  body: Uint8Array,
  maxBytes: number,
  dictionary: Uint8Array | undefined,
) => Uint8Array;

/** How a frame is read. */
export interface InflateFrameOptions {
  /**
   * What the body was deflated with, byte by byte.
   * @default none
   */
  readonly dictionary?: Uint8Array;
  /**
   * The longest text that is read, in bytes of UTF-8. It is also the most that is read of a body.
   * @default 4_194_304
   */
  readonly maxBytes?: number;
}

/**
 * The text of a frame from its deflated body.
 *
 * @throws RoomcastError `INVALID_FRAME` for a body that is damaged, was deflated with another
 * dictionary (where that shows), or makes more than `maxBytes`
 */
export type InflateFrame = (body: Uint8Array, options?: InflateFrameOptions) => string;

const defaultMaxBytes = 4_194_304;

/** What a body holds, as the next one may refer to it and as it is read. */
export interface InflatedFrame {
  readonly bytes: Uint8Array;
  readonly text: string;
}

export function createInflateFrame(inflate: InflateUpTo): InflateFrame {
  return (body, { dictionary, maxBytes } = {}) => {
    return createInflate(inflate, maxBytes)(body, dictionary).text;
  };
}

/**
 * As {@link InflateFrame}, with the limit set once.
 *
 * @throws RoomcastError `INVALID_CONFIG`
 */
export function createInflate(
  inflate: InflateUpTo,
  maxBytes: number = defaultMaxBytes,
): (body: Uint8Array, dictionary: Uint8Array | undefined) => InflatedFrame {
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
    const problem = `Expected \`maxBytes\` to be a whole number from 1, got \`${maxBytes}\`.`;
    throw new RoomcastError('INVALID_CONFIG', problem);
  }
  return (body, dictionary) => {
    // A body that makes nothing of its bytes costs time all the same.
    if (body.length > maxBytes) throw tooLarge(maxBytes);
    try {
      const bytes = inflate(body, maxBytes, dictionary);
      return { bytes, text: decodeUtf8(bytes) };
    } catch (cause) {
      // By name: where tests have globals of their own, Node's errors are no instances of them.
      if (isRecord(cause) && cause.name === 'RangeError') throw tooLarge(maxBytes);
      throw invalidFrame('its body is damaged, or refers to what is not here', { cause });
    }
  };
}

/** @param problem - what is wrong, as a clause: `its body is damaged` */
export function invalidFrame(problem: string, options?: ErrorOptions): RoomcastError {
  const message = `The compressed frame cannot be read: ${problem}.`;
  return new RoomcastError('INVALID_FRAME', message, options);
}

function tooLarge(maxBytes: number): RoomcastError {
  return invalidFrame(`it makes more than ${maxBytes} bytes (maxBytes)`);
}
