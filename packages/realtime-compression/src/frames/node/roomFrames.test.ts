import { randomBytes } from 'node:crypto';
import { parseBinaryFrame } from '@roomcast/realtime-contract/compressed-frames';
import { describe, expect, test } from 'vitest';
import { noisyText } from '../../../scripts/sampleFrames.ts';
import { ticketList } from '../../../scripts/sampleMessages.ts';
import { createFrameReader } from '../index.ts';
import type { FrameEncoding } from './frameEncoding.ts';
import { type RoomEncodings, RoomFrames } from './roomFrames.ts';

const dictionary = new TextEncoder().encode(ticketList(800));
const statesOf = (bytes: number) =>
  Array.from({ length: 4 }, (_, state) => ticketList(bytes).replace('"row":', `"row${state}":`));
const states = statesOf(2_000);
const [first, second, third] = states as [string, string, string];

async function messageOf(encoding: FrameEncoding): Promise<Uint8Array> {
  return (await encoding.encode())!.message;
}

async function codecOf(encoding: FrameEncoding) {
  return parseBinaryFrame(await messageOf(encoding)).codec;
}

/** The next frame, written to someone. */
async function written(frames: RoomFrames, text: string, held?: number): Promise<RoomEncodings> {
  const frame = frames.next(text)!;
  await frame.encodingFor(held, true).encode();
  return frame;
}

describe('RoomFrames', () => {
  test('gives the change to those who hold the frame before, and the whole to all others', async () => {
    const frames = new RoomFrames('event-42', { dictionary });
    const one = await written(frames, first);
    const two = await written(frames, second, one.context);
    const three = frames.next(third)!;
    expect(await codecOf(one.encodingFor(undefined, true))).toBe('base');
    expect(await codecOf(two.encodingFor(one.context, true))).toBe('delta');
    expect(await codecOf(three.encodingFor(two.context, true))).toBe('delta');
    for (const held of [undefined, 0, one.context, three.context]) {
      expect(await codecOf(three.encodingFor(held, true))).toBe('base');
    }
  });

  // At once, on the thread pool, and where the frame before is out of reach.
  test.each([2_000, 10_000, 40_000])(
    'of %d bytes are read by whoever joins late, misses a frame, or has no dictionary',
    async (bytes) => {
      const frames = new RoomFrames('event-42', { dictionary });
      const members = [
        { missing: -1, hasDictionary: true },
        { missing: -1, hasDictionary: false },
        { missing: 0, hasDictionary: true },
        { missing: 2, hasDictionary: false },
      ].map((member) => ({
        ...member,
        reader: createFrameReader(member.hasDictionary ? { dictionary } : {}),
        held: undefined as number | undefined,
      }));
      for (const [at, text] of statesOf(bytes).entries()) {
        const frame = frames.next(text)!;
        for (const member of members.filter(({ missing }) => missing !== at)) {
          const message = await messageOf(frame.encodingFor(member.held, member.hasDictionary));
          expect(member.reader.read(message)).toBe(text);
          member.held = frame.context;
        }
      }
    },
  );

  test('makes each encoding once, however many ask for it', async () => {
    const frames = new RoomFrames('event-42', { dictionary });
    const one = await written(frames, first);
    const two = frames.next(second)!;
    const made = [
      two.encodingFor(one.context, true),
      two.encodingFor(undefined, true),
      two.encodingFor(undefined, false),
    ].map((encoding) => encoding.encode());
    expect(new Set(made)).toHaveLength(3);
    expect(two.encodingFor(one.context, false).encode()).toBe(made[0]);
    expect(two.encodingFor(undefined, true).encode()).toBe(made[1]);
    expect(two.encodingFor(undefined, false).encode()).toBe(made[2]);
  });

  test('without a dictionary there is one base for all', () => {
    const frame = new RoomFrames('event-42').next(first)!;
    expect(frame.encodingFor(undefined, true)).toBe(frame.encodingFor(undefined, false));
  });

  test('above 32,768 bytes there is one base for all, whatever they hold', async () => {
    const frames = new RoomFrames('event-42', { dictionary });
    const [before, text] = statesOf(40_000) as [string, string];
    const one = await written(frames, before);
    const two = frames.next(text)!;
    const encodings = [
      two.encodingFor(one.context, true),
      two.encodingFor(undefined, true),
      two.encodingFor(undefined, false),
    ];
    expect(new Set(encodings)).toHaveLength(1);
    expect(await codecOf(encodings[0]!)).toBe('base');
  });

  test('keeps at most 32,768 bytes of a frame, and refers to their end', async () => {
    const frames = new RoomFrames('event-42');
    const [noise, kept] = [randomBytes(30_000), randomBytes(15_000)].map((bytes) =>
      bytes.toString('hex'),
    ) as [string, string];
    const one = await written(frames, noise + kept);
    const two = frames.next(kept.slice(0, 2_000))!;
    const delta = await messageOf(two.encodingFor(one.context, false));
    expect(parseBinaryFrame(delta).codec).toBe('delta');
    expect(delta.length).toBeLessThan(100);
    const three = frames.next(noise.slice(0, 2_000))!;
    const poor = await three.encodingFor(two.context, false).encode();
    expect(poor!.message.length).toBeGreaterThan(900);
  });

  test('leaves the context as it was where a text is too short', async () => {
    const frames = new RoomFrames('event-42', { dictionary });
    const one = await written(frames, first);
    expect(frames.next('P["event-42","e",[]]')).toBeNull();
    const two = frames.next(second)!;
    expect(await codecOf(two.encodingFor(one.context, true))).toBe('delta');
  });

  test('leaves the context as it was where compressing did not pay, or nobody asked', async () => {
    const frames = new RoomFrames('event-42', { dictionary });
    const one = await written(frames, first);
    for (const characters of [1_000, 5_000]) {
      const poor = frames.next(noisyText(characters))!;
      expect(await poor.encodingFor(one.context, true).encode()).toBeNull();
    }
    expect(frames.next(third)).not.toBeNull();
    const two = frames.next(second)!;
    expect(await codecOf(two.encodingFor(one.context, true))).toBe('delta');
  });

  test('never takes the context of another room, or of an earlier life of the same, for its own', () => {
    const contexts = ['event-42', 'event-43', 'event-42'].map(
      (name) => new RoomFrames(name).next(first)!.context,
    );
    expect(new Set(contexts)).toHaveLength(3);
  });

  test('is not brought back to an older frame by one that was made late', async () => {
    const frames = new RoomFrames('event-42', { dictionary });
    const [long] = statesOf(20_000) as [string];
    const late = frames.next(long)!;
    const making = late.encodingFor(undefined, true).encode();
    const two = await written(frames, second);
    await making;
    const three = frames.next(third)!;
    expect(await codecOf(three.encodingFor(two.context, true))).toBe('delta');
    expect(await codecOf(three.encodingFor(late.context, true))).toBe('base');
  });
});
