import { Buffer } from 'node:buffer';
import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, type ZlibOptions } from 'node:zlib';
import { plainBytes } from '../../node/plainBytes.ts';

/** How a frame is deflated. */
export interface DeflateFrameOptions {
  /**
   * What the text is likely to contain, the likeliest last. The reader needs the same.
   * @default none
   */
  readonly dictionary?: Uint8Array;
}

/**
 * Level 7 makes the successive states of a list 3% smaller than 6 does and takes no longer for it; a
 * higher one would cost a hostile text (two letters at random) ten times as much. The limit is that
 * of a page: a longer one that is hostile would hold a thread of the pool for more than 0.1 s.
 */
const thorough = { maxBytes: 262_144, level: 7 };
const fastLevel = 1;

/** What zlib takes for the memory that it writes to, as a whole where the text is short. */
const chunkBytes = { min: 64, max: 16_384 };

const deflateRawLater = promisify<Uint8Array, ZlibOptions, Buffer>(deflateRaw);

/** The body of a frame: its text as UTF-8, deflated at once, however long that takes. */
export function deflateFrame(text: string, { dictionary }: DeflateFrameOptions = {}): Uint8Array {
  return deflateBytes(Buffer.from(text), dictionary);
}

export function deflateBytes(bytes: Uint8Array, dictionary: Uint8Array | undefined): Uint8Array {
  return plainBytes(deflateRawSync(bytes, settings(bytes.length, dictionary)));
}

/** The same body, made on zlib's thread pool: for texts that would block the loop. */
export async function deflateBytesLater(
  bytes: Uint8Array,
  dictionary: Uint8Array | undefined,
): Promise<Uint8Array> {
  return plainBytes(await deflateRawLater(bytes, settings(bytes.length, dictionary)));
}

function settings(length: number, dictionary: Uint8Array | undefined): ZlibOptions {
  return {
    level: length > thorough.maxBytes ? fastLevel : thorough.level,
    chunkSize: Math.min(chunkBytes.max, Math.max(chunkBytes.min, length)),
    ...(dictionary && { dictionary }),
  };
}
