import type { Codec } from './codec.ts';

type DeflateLevel = 1 | 6;

/** What a platform does about deflate; {@link createDeflateRaw} makes a codec of it. */
export interface Deflate {
  deflate(bytes: Uint8Array, level: DeflateLevel, dictionary: Uint8Array | undefined): Uint8Array;
  /** The same on another thread, where there is one. */
  deflateLater?(
    bytes: Uint8Array,
    level: DeflateLevel,
    dictionary: Uint8Array | undefined,
  ): Promise<Uint8Array>;
  /**
   * Inflates at most `length` bytes.
   * @throws Error where the body is damaged or makes more
   */
  inflate(body: Uint8Array, length: number, dictionary: Uint8Array | undefined): Uint8Array;
}

/**
 * Longer originals are deflated at level 1: at level 6 a hostile original (two letters at random)
 * costs 14 times as much, and blocks the loop for 0.1 s where it is 1 MB.
 */
const maxThoroughBytes = 32_768;

/** Two codecs: one with a dictionary and one without are different to the reader. */
export function createDeflateRaw(
  { deflate, deflateLater, inflate }: Deflate,
  dictionary?: Uint8Array,
): Codec {
  const levelFor = ({ length }: Uint8Array) => (length > maxThoroughBytes ? 1 : 6);
  return {
    name: dictionary ? 'deflate-raw-dictionary' : 'deflate-raw',
    id: dictionary ? 3 : 2,
    encode: (bytes) => deflate(bytes, levelFor(bytes), dictionary),
    ...(deflateLater && {
      encodeLater: (bytes) => deflateLater(bytes, levelFor(bytes), dictionary),
    }),
    decode(body, length) {
      const bytes = inflate(body, length, dictionary);
      if (bytes.length < length) throw new Error('it makes fewer bytes than declared');
      return bytes;
    },
    pad: padDeflate,
  };
}

/** A stored block (type 0, not the last) of no bytes. It ends at the end of a byte. */
const emptyBlock: readonly number[] = [0x00, 0x00, 0x00, 0xff, 0xff];

function padDeflate(body: Uint8Array, minBytes: number): Uint8Array {
  const missing = Math.max(0, minBytes - body.length);
  const padding = Math.ceil(missing / emptyBlock.length) * emptyBlock.length;
  const padded = new Uint8Array(padding + body.length);
  for (let at = 0; at < padding; at += emptyBlock.length) padded.set(emptyBlock, at);
  padded.set(body, padding);
  return padded;
}
