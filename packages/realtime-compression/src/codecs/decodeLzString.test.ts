import fc from 'fast-check';
import lzString from 'lz-string';
import { describe, expect, test } from 'vitest';
import { decodeLzString } from './decodeLzString.ts';
import { toLatin1 } from './latin1.ts';

const encode = (bytes: Uint8Array) => lzString.compressToUint8Array(toLatin1(bytes));

describe('decodeLzString', () => {
  test('reads what the library writes', () => {
    const few = fc.uint8Array({ minLength: 1, max: 3, maxLength: 2_000, size: 'max' });
    const any = fc.uint8Array({ minLength: 1, maxLength: 2_000, size: 'max' });
    fc.assert(
      fc.property(fc.oneof(few, any), (bytes) => {
        expect(decodeLzString(encode(bytes), bytes.length)).toEqual(bytes);
      }),
      { endOnFailure: true },
    );
  });

  test('reads phrases of many hundred bytes', () => {
    const bytes = new Uint8Array(262_144).fill(97);
    expect(decodeLzString(encode(bytes), bytes.length)).toEqual(bytes);
  });

  test.each([
    ['nothing', Uint8Array.of(), 'ends too early'],
    ['a phrase before the first byte', Uint8Array.of(0b1100_0000, 0, 0), 'names no phrase'],
    ['a wide character', lzString.compressToUint8Array('東'), 'names no phrase'],
    // Token 0, byte 0, again and again, each as if it were new.
    ['the same byte introduced over and over', new Uint8Array(20_000), 'introduced twice'],
    // Token 0, byte 0, then token 5 of three bits where 3 is the only phrase.
    ['a phrase from the future', Uint8Array.of(0, 0b0010_1000, 0), 'names no phrase'],
    ['fewer bytes than declared', encode(new Uint8Array(4_999)), 'fewer bytes'],
    ['more bytes than declared', encode(new Uint8Array(5_001)), 'more bytes'],
  ])('refuses %s', (_, body, reason) => {
    expect(() => decodeLzString(body, 5_000)).toThrow(reason);
  });

  test('never makes anything but the declared length of any body', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2_000, size: 'max' }),
        fc.integer({ min: 1, max: 500 }),
        (body, length) => {
          try {
            expect(decodeLzString(body, length)).toHaveLength(length);
          } catch (error) {
            expect((error as Error).message).toMatch(/^(the body|it |a byte)/);
          }
        },
      ),
    );
  });
});
