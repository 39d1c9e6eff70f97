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
          expect(() => inflateBounded(body, original.length - 1)).toThrow(RangeError);
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

  test('reads long texts in the shortest blocks that zlib writes', () => {
    let state = 1;
    const original = Uint8Array.from({ length: 1_000_000 }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return 97 + ((state >> 16) & 1);
    });
    const body = deflateRawSync(original, { memLevel: 1, strategy: constants.Z_HUFFMAN_ONLY });
    expect(inflateBounded(body, original.length)).toEqual(original);
  });

  test('takes memory for what it makes, not for what it might', () => {
    const original = Uint8Array.from({ length: 5_000 }, (_, at) => at % 251);
    const made = inflateBounded(deflateRawSync(original), 2 ** 45);
    expect(made).toEqual(original);
    expect(made.buffer.byteLength).toBeLessThanOrEqual(10_000);
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

  test('reads of damaged bodies what zlib does, and nothing else', () => {
    const original = 'the same seat, the same row, the same price, '.repeat(20);
    // The codes of a block stand in front.
    const bit = fc.oneof(fc.nat(200), fc.nat());
    const damaged = fc
      .tuple(
        fc.array(bit, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(1, 6),
        fc.constantFrom(0, 4),
      )
      .map(([bits, level, strategy]) => {
        const body = Uint8Array.from(deflateRawSync(original, { level, strategy }));
        for (const at of bits) {
          const index = (at >> 3) % body.length;
          body[index] = (body[index] ?? 0) ^ (1 << (at & 7));
        }
        return body;
      });
    const seen = { read: 0, refused: 0 };
    fc.assert(
      fc.property(damaged, (body) => {
        const made = attempt(() => new Uint8Array(inflateBounded(body, 2_000)));
        expect(made).toEqual(attempt(() => zlibReads(body, 2_000)));
        seen[made ? 'read' : 'refused']++;
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(0);
  });

  test('refuses a body that is cut short anywhere, and one with anything behind it', () => {
    for (const strategy of [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED]) {
      const body = deflateRawSync('the same seat, the same row, '.repeat(20), { strategy });
      for (let end = 0; end < body.length; end++) {
        expect(() => inflateBounded(body.subarray(0, end), 900)).toThrow();
      }
      for (const more of [[0], [255], [...body]]) {
        const longer = Uint8Array.of(...body, ...more);
        expect(() => inflateBounded(longer, 900)).toThrow('goes on behind its end');
      }
    }
  });

  test.each([
    ['nothing', [], 'ends too early'],
    ['a block of no type', [0b111], 'no type'],
    ['a stored block without a length', [1, 5, 0, 5, 0], 'without a length'],
    ['one of which only half has its inverse', [1, 0, 1, 0xff, 0xff], 'without a length'],
    ['a code of 287 bytes and lengths', [0b1111_0101, 0, 0, 0], 'more symbols'],
    ['a code of 31 distances', [0b101, 30, 0, 0], 'more symbols'],
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

  test('ends with what it may make or an error, whatever it reads', () => {
    const maxBytes = 100;
    const original = fc.uint8Array({ max: 3, maxLength: maxBytes * 2, size: 'max' });
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 2 });
    const made = { shorter: 0, nothing: 0 };
    fc.assert(
      fc.property(original, damage, (bytes, places) => {
        const body = Uint8Array.from(deflateRawSync(bytes));
        for (const [at, byte] of places) body[at % body.length] = byte;
        const result = attempt(() => inflateBounded(body, maxBytes));
        expect(result?.length ?? 0).toBeLessThanOrEqual(maxBytes);
        made[result ? 'shorter' : 'nothing']++;
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(made.shorter, made.nothing)).toBeGreaterThan(0);
  });
});

/** As inflateRawSync, but nothing may come behind the body; the types of Node do not know `info`. */
function zlibReads(body: Uint8Array, maxOutputLength: number): Uint8Array {
  const { buffer, engine } = inflateRawSync(body, { maxOutputLength, info: true }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  if (engine.bytesWritten < body.length) throw new Error('there is more');
  return new Uint8Array(buffer);
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
