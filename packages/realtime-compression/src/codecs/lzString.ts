import lzString from 'lz-string';
import type { Codec } from './codec.ts';
import { decodeLzString } from './decodeLzString.ts';
import { toLatin1 } from './latin1.ts';

/**
 * lz-string in its binary form, a character for each byte of the original.
 *
 * @param maxBytes - its cost grows faster than its input (1 MB of one letter takes 0.7 s), so that
 * longer originals are left to deflate
 */
export function createLzString(maxBytes: number): Codec {
  return {
    name: 'lz-string',
    id: 1,
    maxBytes,
    encode: (bytes) => lzString.compressToUint8Array(toLatin1(bytes)),
    decode: decodeLzString,
  };
}
