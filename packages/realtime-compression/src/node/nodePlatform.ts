import { Buffer } from 'node:buffer';
import { promisify } from 'node:util';
import { crc32, deflateRaw, deflateRawSync, inflateRawSync, type ZlibOptions } from 'node:zlib';
import type { Platform } from '../platform.ts';
import { plainBytes } from './plainBytes.ts';

/** The smallest chunk that node:zlib takes. */
const minChunkBytes = 64;

const deflateRawLater = promisify<Uint8Array, ZlibOptions, Buffer>(deflateRaw);

export const nodePlatform: Platform = {
  crc32,
  toBase64: (bytes) => viewOf(bytes).toString('base64'),
  fromBase64: (text) => Buffer.from(text, 'base64'),
  deflate(bytes, level, dictionary) {
    return plainBytes(deflateRawSync(bytes, { level, ...(dictionary && { dictionary }) }));
  },
  async deflateLater(bytes, level, dictionary) {
    return plainBytes(await deflateRawLater(bytes, { level, ...(dictionary && { dictionary }) }));
  },
  inflate(body, length, dictionary) {
    const inflated = inflateRawSync(body, {
      maxOutputLength: length,
      // All in one chunk, and one byte more, so that zlib need not ask for a second to see the end.
      chunkSize: Math.max(minChunkBytes, length + 1),
      ...(dictionary && { dictionary }),
    });
    return plainBytes(inflated);
  },
};

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
