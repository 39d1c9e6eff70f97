import zlib from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';

test('crc32 is that of node:zlib, at once and continued', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
      expect(crc32(first, 0)).toBe(zlib.crc32(first));
      expect(crc32(second, crc32(first, 0))).toBe(zlib.crc32(Buffer.concat([first, second])));
    }),
  );
});
