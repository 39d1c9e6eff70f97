import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idleDeflateBody } from '../../../scripts/idleDeflateBody.ts';
import { inflateBounded } from './inflateBounded.ts';

const few = fc.uint8Array({ max: 3, maxLength: 5_000, size: 'max' });
const any = fc.uint8Array({ maxLength: 5_000, size: 'max' });
const bytes = fc
  .tuple(fc.oneof(few, any), fc.integer({ min: 1, max: 20 }))
  .map(([unit, times]) => new Uint8Array(Buffer.concat(Array.from({ length: times }, () => unit))));

/** Making an example of 100,000 bytes smaller would take minutes. */
const endOnFailure = true;

describe('inflateBounded', () => {
  test('reads what zlib writes, at any level and with any strategy', () => {
    const options = fc.record({
      level: fc.integer({ min: 0, max: 9 }),
      strategy: fc.constantFrom(
        constants.Z_DEFAULT_STRATEGY,
        constants.Z_FILTERED,
        constants.Z_HUFFMAN_ONLY,
        constants.Z_RLE,
        constants.Z_FIXED,
      ),
      memLevel: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(bytes, options, (original, drawn) => {
        const body = deflateRawSync(original, drawn);
        expect(inflateBounded(body, original.length)).toEqual(original);
        if (original.length > 0) {
          expect(() => inflateBounded(body, original.length - 1)).toThrow('more bytes');
        }
      }),
      { endOnFailure },
    );
  });

  test('reads lengths up to 258 and distances up to 32,768', () => {
    const unit = Uint8Array.from(
      { length: 32_768 },
      (_, at) => (Math.imul(at, 2_654_435_761) >>> 13) & 255,
    );
    const original = new Uint8Array(Buffer.concat([unit, unit, new Uint8Array(600), unit]));
    const body = deflateRawSync(original, { level: 9 });
    expect(inflateBounded(body, original.length)).toEqual(original);
  });

  test('refers to a dictionary, of which the end counts', () => {
    fc.assert(
      fc.property(bytes, bytes, (dictionary, original) => {
        fc.pre(dictionary.length > 0);
        const body = deflateRawSync(original, { dictionary });
        expect(inflateBounded(body, original.length, dictionary)).toEqual(original);
        const longer = Buffer.concat([Buffer.alloc(40_000, 1), dictionary]);
        expect(inflateBounded(body, original.length, longer)).toEqual(original);
      }),
      { endOnFailure },
    );
  });

  test('accepts of damaged bodies nothing that zlib refuses as too long or makes otherwise', () => {
    const body = deflateRawSync('the same seat, the same row, the same price, '.repeat(20));
    for (let bit = 0; bit < body.length * 8; bit++) {
      const damaged = Buffer.from(body);
      damaged[bit >> 3] = (body[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const made = attempt(() => new Uint8Array(inflateBounded(damaged, 900)));
      const expected = attempt(
        () => new Uint8Array(inflateRawSync(damaged, { maxOutputLength: 900 })),
      );
      // zlib also refuses codes with a gap that no symbol uses.
      if (expected) expect(made).toEqual(expected);
    }
    for (let end = 0; end < body.length; end++) {
      expect(() => inflateBounded(body.subarray(0, end), 900)).toThrow();
    }
  });

  test.each([
    ['nothing', [], 'ends too early'],
    ['a block of no type', [0b111], 'no type'],
    ['a stored block without a length', [1, 5, 0, 5, 0], 'without a length'],
    ['a stored block that is cut short', [1, 5, 0, 0xfa, 0xff, 1], 'ends too early'],
    // Fixed code: the symbol 257 (a copy of three bytes) at a distance of 1, before any byte.
    ['a copy from before the beginning', [0b0000_0011, 0b0000_0010, 0, 0], 'before its beginning'],
  ])('refuses %s', (_, body, reason) => {
    expect(() => inflateBounded(Uint8Array.from(body), 900)).toThrow(reason);
  });

  test('does not read code after code where nothing comes of it', () => {
    const body = idleDeflateBody(100_000);
    expect(() => inflateRawSync(body)).toThrow('unexpected end of file');
    expect(() => inflateBounded(body, 200_000)).toThrow('too many codes');
  });

  test('ends with what was declared or an error, whatever it reads', () => {
    const blocks = fc.uint8Array({ maxLength: 400, size: 'max' });
    fc.assert(
      fc.property(blocks, fc.constantFrom(1, 3, 5), (noise, start) => {
        const body = Uint8Array.of(...noise);
        body[0] = start;
        const made = attempt(() => inflateBounded(body, 100));
        expect(made?.length ?? 0).toBeLessThanOrEqual(100);
      }),
      { numRuns: 1_000 },
    );
  });
});

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
