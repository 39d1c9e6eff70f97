import type { Deflate } from './codecs/deflateRaw.ts';

/** What Node and browsers do in different ways. */
export interface Platform extends Deflate {
  /** CRC-32 as zlib's, continued from an earlier one. */
  crc32(bytes: Uint8Array, previous: number): number;
  toBase64(bytes: Uint8Array): string;
  /** May overlook what is no base64: `parseBase64` does not. */
  fromBase64(text: string): Uint8Array;
}
