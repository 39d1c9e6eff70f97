import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRoomcastError } from '../errors/roomcastError.ts';
import { type BinaryFrame, encodeBinaryFrame, parseBinaryFrame } from './binaryFrame.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const invalid = expect.objectContaining({ name: 'RoomcastError', code: 'INVALID_FRAME' });

/** A checksum that depends on all it is made of. */
const sum = (bytes: Uint8Array) => bytes.reduce((all, byte) => (all * 31 + byte) >>> 0, 7);
const write = (frame: BinaryFrame) => encodeBinaryFrame(frame, sum);

const body = fc.uint8Array();
const frame = fc.oneof(
  fc.record({ codec: fc.constantFrom('deflate', 'dictionary'), body }),
  fc.record({
    codec: fc.constantFrom('base', 'delta'),
    room: fc.string({ unit: 'binary', minLength: 1 }).filter((room) => encode(room).length <= 255),
    body,
  }),
) as fc.Arbitrary<BinaryFrame>;

describe('a binary frame', () => {
  it('has a documented form on the wire', () => {
    const body = Uint8Array.of(7, 8);
    const checksum = [0x89, 0xab, 0xcd, 0xef];
    const written = (frame: BinaryFrame) => [...encodeBinaryFrame(frame, () => 0x89abcdef)];
    expect(written({ codec: 'deflate', body })).toEqual([1, 7, 8, ...checksum]);
    expect(written({ codec: 'dictionary', body })).toEqual([2, 7, 8, ...checksum]);
    const name = [...encode('é-1')];
    expect(written({ codec: 'delta', room: 'é-1', body })).toEqual([
      ...[3, 4, ...name, 7, 8, ...checksum],
    ]);
    expect(written({ codec: 'base', room: 'é-1', body })).toEqual([
      ...[4, 4, ...name, 7, 8, ...checksum],
    ]);
  });

  it('is read back as it was sent', () => {
    fc.assert(
      fc.property(frame, (sent) => {
        const message = write(sent);
        const checked = message.subarray(0, -4);
        expect(parseBinaryFrame(message)).toEqual({ ...sent, checked, checksum: sum(checked) });
      }),
    );
  });

  it('is read from the middle of a buffer, and its body shares the memory', () => {
    const message = write({ codec: 'base', room: 'event-42', body: encode('body') });
    const buffer = Uint8Array.of(9, 9, ...message, 9);
    const parsed = parseBinaryFrame(buffer.subarray(2, -1));
    expect(parsed.checksum).toBe(sum(message.subarray(0, -4)));
    expect(parsed).toMatchObject({ codec: 'base', room: 'event-42', body: encode('body') });
    expect(parsed.body.buffer).toBe(buffer.buffer);
  });

  it('keeps the longest name and a byte order mark, and refuses to write what does not fit', () => {
    for (const room of ['x'.repeat(255), '\ufeffevent']) {
      const message = write({ codec: 'delta', room, body: new Uint8Array() });
      expect(parseBinaryFrame(message)).toMatchObject({ room });
    }
    for (const room of ['', 'x'.repeat(256), 'é'.repeat(128)]) {
      expect(() => write({ codec: 'delta', room, body: new Uint8Array() })).toThrow(
        expect.objectContaining({ code: 'INVALID_ROOM' }),
      );
    }
  });

  it.each([
    ['nothing', []],
    ['code 0', [0, 1, 2]],
    ['a code of later', [5, 1, 97]],
    ['the highest code', [255]],
    ['text', [...encode('P["r","e",[]]')]],
    ['a code without a checksum', [1, 0, 0, 0]],
    ['a base without a name', [4]],
    ['a delta without a name', [3]],
    ['a name of no bytes', [4, 0, 1, 2]],
    ['a name that is cut short', [3, 3, 97, 98]],
    ['a name that is no UTF-8', [4, 1, 0xff, 7]],
    ['a name that ends within a character', [4, 1, 0xc3, 0xa9]],
    ['a name with an encoded surrogate', [4, 3, 0xed, 0xa0, 0x80]],
  ])('is refused as %s', (_, bytes) => {
    expect(() => parseBinaryFrame(Uint8Array.from(bytes))).toThrow(invalid);
    // The checksum is no part of a name.
    const name = Uint8Array.from([...bytes, 0, 0, 0, 0]);
    if (bytes[0] !== 1) expect(() => parseBinaryFrame(name)).toThrow(invalid);
  });

  it('throws nothing but INVALID_FRAME for arbitrary bytes', () => {
    const start = fc.uint8Array({ min: 0, max: 5, maxLength: 2 });
    fc.assert(
      fc.property(start, fc.uint8Array(), (first, rest) => {
        const message = Uint8Array.of(...first, ...rest);
        try {
          const parsed = parseBinaryFrame(message);
          expect(encodeBinaryFrame(parsed, () => parsed.checksum)).toEqual(message);
        } catch (error) {
          expect(isRoomcastError(error, 'INVALID_FRAME')).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
