import { isRoomcastError } from '@roomcast/realtime-contract';
import lzString from 'lz-string';
import { describe, expect, test } from 'vitest';
import { MessageCompressor as BrowserMessageCompressor } from './browser.ts';
import { deflateBomb, lzStringBomb } from './conformance/bombs.ts';
import { encodeHeader } from './envelope/header.ts';
import { MessageCompressor } from './index.ts';
import { nodePlatform } from './node/nodePlatform.ts';

/** The target is 10 ms on a quiet machine; the benchmark prints what it takes. */
const generousMs = 100;
const maxBytes = 1_048_576;

const bombs = [
  { kind: 'deflate', codec: 2, createBomb: deflateBomb },
  { kind: 'lz-string', codec: 1, createBomb: lzStringBomb },
];
const platforms = [
  { on: 'Node', Compressor: MessageCompressor },
  { on: 'browsers', Compressor: BrowserMessageCompressor },
];

test('the bombs are sound and make hundreds of times their size', () => {
  const deflated = deflateBomb(4_000);
  expect(nodePlatform.inflate(deflated, 100_000_000, undefined).length).toBeGreaterThan(
    deflated.length * 900,
  );
  const compressed = lzStringBomb(4_000);
  expect(lzString.decompressFromUint8Array(compressed).length).toBeGreaterThan(
    compressed.length * 900,
  );
});

describe.each(platforms)('on $on', ({ Compressor }) => {
  // The widest limits that lz-string may have, so that its decoder has something to do.
  const compressor = new Compressor({ lzStringMaxBytes: maxBytes, maxRatio: 2_000 });

  describe.each(bombs)('a $kind bomb', ({ codec, createBomb }) => {
    test.each([1_000, 4_000, 32_000, 256_000, 1_000_000])(
      'of %d bytes is refused in time, whatever length it declares',
      (bodyBytes) => {
        const body = createBomb(bodyBytes);
        for (const length of [body.length + 1, maxBytes - 1, maxBytes + 1, 2 ** 32 - 1]) {
          const envelope = Buffer.concat([encodeHeader({ codec, length, checksum: 0 }), body]);
          const open = () => compressor.decompressBytes(envelope);
          expect(open).toThrow(expect.toSatisfy((error: unknown) => isRoomcastError(error)));
          expect(leastMs(open)).toBeLessThan(generousMs);
        }
      },
    );

    test('that declares what it makes is refused by its ratio before it is decoded', () => {
      const header = encodeHeader({ codec, length: 16_000, checksum: 0 });
      const envelope = Buffer.concat([header, createBomb(1_000).subarray(0, 70)]);
      expect(() => Compressor.decompressBytes(envelope)).toThrow('maxRatio');
    });
  });
});

/** The quickest of a few: other programs only ever make it slower. */
function leastMs(run: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const before = performance.now();
    expect(run).toThrow();
    return performance.now() - before;
  });
  return Math.min(...times);
}
