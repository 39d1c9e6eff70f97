import { randomBytes } from 'node:crypto';
import { contractDictionary } from '@roomcast/realtime-contract/compressed-frames';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { describe, expect, test } from 'vitest';
import { noisyText, purchases } from '../../../scripts/sampleFrames.ts';
import { ticketList } from '../../../scripts/sampleMessages.ts';
import { inflateFrame } from '../index.ts';
import { type CompressFrameOptions, compressFrame } from './compressFrame.ts';
import type { CompressedFrame } from './frameEncoding.ts';

const dictionary = new TextEncoder().encode(ticketList(500));

/** A text that is compressed at once. */
function atOnce(text: string, options?: CompressFrameOptions): CompressedFrame | null {
  const made = compressFrame(text, options)!.encode();
  if (made instanceof Promise) throw new Error(`${text.length} bytes are not made at once`);
  return made;
}

describe('compressFrame', () => {
  test('leaves texts below 1,024 bytes alone, and with a dictionary those below 128', () => {
    const [below, at] = ['é'.repeat(511).padEnd(512, '!'), 'é'.repeat(512)];
    expect(compressFrame(below)).toBeNull();
    expect(atOnce(at)).toMatchObject({ textBytes: 1_024 });
    expect(compressFrame('a'.repeat(127), { dictionary })).toBeNull();
    expect(atOnce('a'.repeat(128), { dictionary })).toMatchObject({ textBytes: 128 });
  });

  test('takes another threshold, also one of nothing', () => {
    expect(compressFrame('a'.repeat(1_024), { thresholdBytes: 1_025 })).toBeNull();
    expect(atOnce('a'.repeat(20), { thresholdBytes: 20 })).not.toBeNull();
    expect(atOnce('', { thresholdBytes: 0 })).toBeNull();
  });

  test('writes what the reader inflates, and says of how many bytes', async () => {
    const text = `${ticketList(2_000)}é`;
    const plain = (await compressFrame(text)!.encode())!;
    expect(plain.message[0]).toBe(1);
    expect(inflateFrame(plain.message.subarray(1, -4))).toBe(text);
    const assisted = (await compressFrame(text, { dictionary })!.encode())!;
    expect(assisted.message[0]).toBe(2);
    expect(inflateFrame(assisted.message.subarray(1, -4), { dictionary })).toBe(text);
    expect(plain.textBytes).toBe(Buffer.byteLength(text));
    expect(assisted.textBytes).toBe(Buffer.byteLength(text));
  });

  test('compresses an event of the ready contract with the dictionary of the contract', () => {
    const options = { dictionary: contractDictionary(eventContract).bytes };
    for (const text of purchases(20, true)) {
      const { message } = atOnce(text, options)!;
      expect(inflateFrame(message.subarray(1, -4), options)).toBe(text);
    }
  });

  test('is made at once up to 3,072 bytes, and on the thread pool above', () => {
    for (const options of [{}, { dictionary }]) {
      const [last, first] = [1_536, 1_537].map((length) =>
        compressFrame('é'.repeat(length), options)!.encode(),
      );
      expect(last).toMatchObject({ textBytes: 3_072 });
      expect(first).toBeInstanceOf(Promise);
    }
  });

  test('is not worth it where less than a tenth is saved', async () => {
    // Deflate has to say first which characters there are, and then saves a quarter of each.
    const noise = (bytes: number) => randomBytes(bytes).toString('base64');
    for (const [text, pays] of [
      [noise(75), false],
      [noise(75) + 'a'.repeat(300), true],
      [noisyText(5_000), false],
      [noise(5_000), true],
    ] as const) {
      const made = await compressFrame(text, { thresholdBytes: 0 })!.encode();
      expect(made !== null).toBe(pays);
    }
  });

  test('is never longer than nine tenths of the text, header included', () => {
    const outcomes = Array.from({ length: 200 }, (_, length) => {
      const text = randomBytes(75).toString('base64') + 'a'.repeat(length);
      const made = atOnce(text, { thresholdBytes: 0 });
      if (made) expect(made.message.length).toBeLessThanOrEqual(text.length * 0.9);
      return made === null;
    });
    expect(new Set(outcomes)).toEqual(new Set([true, false]));
  });

  test('is made once: whoever asks again gets the same, and what is made is there at once', async () => {
    const short = compressFrame(ticketList(2_000))!;
    expect(short.encode()).toBe(short.encode());
    const long = compressFrame(ticketList(20_000))!;
    expect(long.made).toBeUndefined();
    const [first, second] = await Promise.all([long.encode(), long.encode()]);
    expect(first).not.toBeNull();
    expect(second).toBe(first);
    expect(long.encode()).toBe(first);
    expect(long.made).toBe(first);
    const poor = compressFrame(noisyText(5_000))!;
    expect(await poor.encode()).toBeNull();
    expect([poor.encode(), poor.made]).toEqual([null, null]);
  });
});
