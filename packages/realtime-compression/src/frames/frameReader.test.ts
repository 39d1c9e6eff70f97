import { crc32 } from 'node:zlib';
import { isRoomcastError } from '@roomcast/realtime-contract';
import { type BinaryFrame, encodeBinaryFrame } from '@roomcast/realtime-contract/compressed-frames';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ticketList } from '../../scripts/sampleMessages.ts';
import * as browser from './browser.ts';
import * as node from './index.ts';

const { compressFrame, deflateFrame, RoomFrames } = node;
const encode = (text: string) => new TextEncoder().encode(text);
const withCode = (code: string) => expect.objectContaining({ name: 'RoomcastError', code });
const invalid = withCode('INVALID_FRAME');
const tooLarge = expect.objectContaining({
  code: 'INVALID_FRAME',
  message: expect.stringContaining('maxBytes'),
});

const dictionary = encode(ticketList(800));
const room = 'event-42';
const first = ticketList(3_000);
const second = first.replace('"row":', '"line":');

/** A sound message of a body that was made by hand, which stands for a text. */
const sealed = (frame: BinaryFrame, text: string) =>
  encodeBinaryFrame(frame, (checked) => crc32(encode(text), crc32(checked)));

/** The frames of a room that a connection gets which is there from the beginning. */
async function framesOf(texts: readonly string[], hasDictionary = true): Promise<Uint8Array[]> {
  const frames = new RoomFrames(room, { dictionary, thresholdBytes: 0 });
  const messages: Uint8Array[] = [];
  let held: number | undefined;
  for (const text of texts) {
    const frame = frames.next(text)!;
    const made = await frame.encodingFor(held, hasDictionary).encode();
    messages.push(made!.message);
    held = frame.context;
  }
  return messages;
}

/** A frame that belongs to no room. */
async function frameOf(text: string, options = {}): Promise<Uint8Array> {
  return (await compressFrame(text, options)!.encode())!.message;
}

describe.each([
  { on: 'Node', createFrameReader: node.createFrameReader },
  { on: 'browsers', createFrameReader: browser.createFrameReader },
])('a frame reader on $on', ({ createFrameReader }) => {
  test('reads the frame that the page of the protocol shows', () => {
    const message = Buffer.from('010ba9564a2f4a4c4ef52d56b23232353030a80500aa2f38a2', 'hex');
    expect(createFrameReader().read(message)).toBe('T{"graceMs":25000}');
  });

  test('reads frames by themselves, with and without a dictionary', async () => {
    const reader = createFrameReader({ dictionary });
    const plain = await frameOf(first);
    const assisted = await frameOf(first, { dictionary });
    expect([plain[0], assisted[0]]).toEqual([1, 2]);
    expect([plain, assisted].map(reader.read)).toEqual([first, first]);
  });

  test('reads each state of a room as a change of the one before', async () => {
    for (const agreed of [true, false]) {
      const [base, delta, again] = await framesOf([first, second, first], agreed);
      expect([base![0], delta![0], again![0]]).toEqual([4, 3, 3]);
      expect(delta!.length).toBeLessThan(base!.length / 10);
      const reader = createFrameReader(agreed ? { dictionary } : {});
      expect([base!, delta!, again!].map(reader.read)).toEqual([first, second, first]);
    }
  });

  test('reads any sequence of texts, short or longer than the window', async () => {
    const text = fc
      .tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom(300, 32_768, 70_000))
      .map(([unit, length]) => `${unit}é, `.repeat(1 + length / (unit.length + 3)));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 4 }), async (texts) => {
        const reader = createFrameReader({ dictionary });
        const read = (await framesOf(texts)).map(reader.read);
        expect(read.map((made, at) => made === texts[at])).toEqual(texts.map(() => true));
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  test('keeps the rooms apart', () => {
    const reader = createFrameReader();
    const frameIn = (name: string, codec: 'base' | 'delta', text: string, before?: string) =>
      sealed(
        {
          ...{ codec, room: name },
          body: deflateFrame(text, before ? { dictionary: encode(before) } : {}),
        },
        text,
      );
    expect(reader.read(frameIn('a', 'base', first))).toBe(first);
    expect(reader.read(frameIn('b', 'base', second))).toBe(second);
    for (const [name, before] of [
      ['a', first],
      ['b', second],
    ] as const) {
      const next = `${before} and more`;
      expect(reader.read(frameIn(name, 'delta', next, before))).toBe(next);
    }
  });

  test('refuses a delta of a room without a context: at first, after leaving, after the end', async () => {
    const [base, delta] = await framesOf([first, second]);
    const reader = createFrameReader({ dictionary });
    expect(() => reader.read(delta!)).toThrow(invalid);
    reader.read(base!);
    reader.leave('event-43');
    expect(reader.read(delta!)).toBe(second);
    reader.read(base!);
    reader.leave(room);
    expect(() => reader.read(delta!)).toThrow(invalid);
    reader.read(base!);
    reader.clear();
    expect(() => reader.read(delta!)).toThrow(invalid);
    expect(reader.read(base!)).toBe(first);
  });

  test('begins the context of a room anew with each base', async () => {
    const [base, delta] = await framesOf([first, second]);
    const reader = createFrameReader({ dictionary });
    const read = [base!, delta!, base!, delta!].map(reader.read);
    expect(read).toEqual([first, second, first, second]);
  });

  test('refuses what refers to a dictionary that was not agreed', async () => {
    const reader = createFrameReader();
    const [base] = await framesOf([first]);
    const referring = [await frameOf(first, { dictionary }), base!];
    // These would make a text all the same.
    const body = deflateFrame('hello');
    const claiming = (['dictionary', 'delta'] as const).map((codec) =>
      sealed({ codec, room, body }, 'hello'),
    );
    for (const message of [...referring, ...claiming]) {
      expect(() => reader.read(message)).toThrow(invalid);
    }
  });

  test('holds to its limit in every codec', async () => {
    const [base, delta] = await framesOf([first, `${second}, and more`]);
    const { length: maxBytes } = encode(second);
    const reader = createFrameReader({ dictionary, maxBytes });
    expect(reader.read(base!)).toBe(first);
    for (const message of [
      delta!,
      await frameOf(`${second}!`),
      await frameOf(`${second}!`, { dictionary }),
    ]) {
      expect(() => reader.read(message)).toThrow(tooLarge);
    }
    expect(() => createFrameReader({ maxBytes: 0 })).toThrow(withCode('INVALID_CONFIG'));
  });

  test('refuses a frame that is cut short anywhere, and one with anything behind it', async () => {
    const sound = [
      ...(await framesOf([first, second])),
      await frameOf(first),
      await frameOf(first, { dictionary }),
    ];
    expect(sound.map(([code]) => code)).toEqual([4, 3, 1, 2]);
    const reader = createFrameReader({ dictionary });
    for (const message of sound) {
      for (let end = 0; end < message.length; end++) {
        expect(() => reader.read(message.subarray(0, end))).toThrow(invalid);
      }
      expect(() => reader.read(Uint8Array.of(...message, 0))).toThrow(invalid);
      reader.read(message);
    }
  });

  test('refuses a frame with a bit flipped, and one whose writer had another context', async () => {
    const sound = [
      ...(await framesOf([first, second])),
      await frameOf(first),
      await frameOf(first, { dictionary }),
    ];
    const reader = createFrameReader({ dictionary });
    for (const message of sound) {
      // All of the header and of the beginning, and then every few: each is inflated.
      for (let bit = 0; bit < message.length * 8; bit += bit < 256 ? 1 : 11) {
        const damaged = Uint8Array.from(message);
        damaged[bit >> 3] = message[bit >> 3]! ^ (1 << (bit & 7));
        expect(() => reader.read(damaged)).toThrow(invalid);
      }
      reader.read(message);
    }
    // As long as the right one, so that every reference finds something.
    const other = first.toUpperCase();
    const body = deflateFrame(other);
    reader.read(sealed({ codec: 'base', room, body }, other));
    expect(() => reader.read(sound[1]!)).toThrow(invalid);
    reader.read(sound[0]!);
    expect(reader.read(sound[1]!)).toBe(second);
  });

  test('makes the right text or a refusal of any message and any damage to one', async () => {
    const sound = [...(await framesOf([first, second])), await frameOf(first)];
    const damaged = fc
      .tuple(fc.constantFrom(...sound), fc.nat(), fc.uint8Array({ maxLength: 3 }))
      .map(([message, at, noise]) => {
        const start = at % message.length;
        return Uint8Array.of(
          ...message.subarray(0, start),
          ...noise,
          ...message.subarray(start + noise.length),
        );
      });
    fc.assert(
      fc.property(fc.array(fc.oneof(damaged, fc.uint8Array())), (messages) => {
        const reader = createFrameReader({ dictionary, maxBytes: 10_000 });
        for (const message of [sound[0]!, ...messages]) {
          try {
            expect([first, second]).toContain(reader.read(message));
          } catch (error) {
            if (!isRoomcastError(error)) throw error;
            expect(error.code).toBe('INVALID_FRAME');
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('keeps contexts of rooms that are expected, and of so many others', async () => {
    const base = (name: string) =>
      sealed({ codec: 'base', room: name, body: deflateFrame(first) }, first);
    const reader = createFrameReader({ maxUnexpectedRooms: 2 });
    for (const name of ['a', 'b', 'a']) reader.read(base(name));
    expect(() => reader.read(base('c'))).toThrow(invalid);
    for (const name of ['c', 'd']) reader.expect(name);
    for (const name of ['c', 'd', 'c']) reader.read(base(name));
    // One that was there already is counted no more; one that was left makes room.
    reader.expect('a');
    reader.read(base('e'));
    expect(() => reader.read(base('f'))).toThrow(invalid);
    reader.leave('b');
    reader.read(base('f'));
    reader.leave('c');
    expect(() => reader.read(base('c'))).toThrow(invalid);
    reader.clear();
    for (const name of ['x', 'y']) reader.read(base(name));
    expect(() => reader.read(base('a'))).toThrow(invalid);
  });

  test('keeps contexts of 128 rooms that nobody expected', () => {
    const reader = createFrameReader();
    const body = deflateFrame('x');
    const read = (index: number) =>
      reader.read(sealed({ codec: 'base', room: `room-${index}`, body }, 'x'));
    for (let index = 0; index < 128; index++) read(index);
    expect(() => read(128)).toThrow(invalid);
  });
});
