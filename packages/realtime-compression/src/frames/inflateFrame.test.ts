import { isRoomcastError } from '@roomcast/realtime-contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idleDeflateBody } from '../../scripts/idleDeflateBody.ts';
import { ticketList } from '../../scripts/sampleMessages.ts';
import { deflateBomb } from '../conformance/bombs.ts';
import * as browser from './browser.ts';
import * as node from './index.ts';
import { deflateBytesLater } from './node/deflateFrame.ts';

const { deflateFrame } = node;
const encode = (text: string) => new TextEncoder().encode(text);
const withCode = (code: string) => expect.objectContaining({ name: 'RoomcastError', code });
const tooLarge = expect.objectContaining({
  code: 'INVALID_FRAME',
  message: expect.stringContaining('(maxBytes)'),
});

const dictionary = encode(ticketList(1_000));
const frame = `P["event-42","q1w2e3r4",[["event-updated",0,1,2,${ticketList(400)}]]]`;
const text = fc
  .tuple(fc.string({ unit: 'binary', size: 'large' }), fc.nat(3))
  .map(([unit, times]) => unit.repeat(times));

/** The target is 10 ms on a quiet machine; the benchmark prints what it takes. */
const generousMs = 200;

describe('deflateFrame', () => {
  test('makes the same body at once and on the thread pool, whatever the length', async () => {
    const lengths = fc.constantFrom(0, 1, 200, 10_000, 32_768, 100_000, 300_000);
    const dictionaries = fc.constantFrom(undefined, dictionary);
    await fc.assert(
      fc.asyncProperty(text, lengths, dictionaries, async (unit, length, drawn) => {
        const long = `${unit}, `.repeat(1 + length / (unit.length + 2));
        const later = await deflateBytesLater(encode(long), drawn);
        const body = deflateFrame(long, drawn && { dictionary: drawn });
        expect(Buffer.compare(later, body)).toBe(0);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  test('gives a plain Uint8Array', async () => {
    for (const body of [deflateFrame(frame), await deflateBytesLater(encode(frame), undefined)]) {
      expect(Object.getPrototypeOf(body)).toBe(Uint8Array.prototype);
    }
  });

  test('refers to a dictionary', () => {
    const plain = deflateFrame(frame);
    expect(deflateFrame(frame, { dictionary }).length).toBeLessThan(plain.length * 0.8);
    expect(deflateFrame(frame, { dictionary: new Uint8Array() })).toEqual(plain);
  });
});

describe.each([
  { on: 'Node', inflateFrame: node.inflateFrame },
  { on: 'browsers', inflateFrame: browser.inflateFrame },
])('inflateFrame on $on', ({ inflateFrame }) => {
  test('reads any text that was deflated, with and without a dictionary', () => {
    const dictionaries = fc.option(fc.uint8Array({ minLength: 1, size: 'large' }), {
      nil: undefined,
    });
    fc.assert(
      fc.property(text, dictionaries, (original, drawn) => {
        const options = drawn && { dictionary: drawn };
        expect(inflateFrame(deflateFrame(original, options), options)).toBe(original);
      }),
    );
  });

  test('reads texts far longer than their bodies, and longer than the window', () => {
    for (const original of ['a'.repeat(4_000_000), ticketList(300_000), '\ufeff東京🎟️']) {
      for (const options of [{}, { dictionary: encode(original) }]) {
        expect(inflateFrame(deflateFrame(original, options), options) === original).toBe(true);
      }
    }
  });

  test('refuses a body that is cut short anywhere, and one with anything behind it', () => {
    for (const options of [{}, { dictionary }]) {
      const body = deflateFrame(frame, options);
      for (let end = 0; end < body.length; end++) {
        expect(() => inflateFrame(body.subarray(0, end), options)).toThrow(
          withCode('INVALID_FRAME'),
        );
      }
      for (const more of [[0], [1, 2, 3], [...body]]) {
        expect(() => inflateFrame(Uint8Array.of(...body, ...more), options)).toThrow(
          withCode('INVALID_FRAME'),
        );
      }
    }
  });

  test('makes a text or a refusal of a body with any bit flipped', () => {
    for (const options of [{}, { dictionary }]) {
      const body = deflateFrame(frame, options);
      let refused = 0;
      for (let bit = 0; bit < body.length * 8; bit++) {
        const damaged = Uint8Array.from(body);
        damaged[bit >> 3] = body[bit >> 3]! ^ (1 << (bit & 7));
        refused += outcome(() => inflateFrame(damaged, options)) === 'damaged' ? 1 : 0;
      }
      expect(refused).toBeGreaterThan(0);
    }
  });

  test('makes a text or a refusal of anything at all', () => {
    const blocks = fc.tuple(fc.constantFrom(1, 3, 5, 0, 4), fc.uint8Array({ size: 'large' }));
    fc.assert(
      fc.property(blocks, fc.boolean(), ([start, noise], refers) => {
        const options = { maxBytes: 2_000, ...(refers && { dictionary }) };
        outcome(() => inflateFrame(Uint8Array.of(start, ...noise), options));
      }),
      { numRuns: 1_000 },
    );
  });

  test('refuses bytes that are no text, and another dictionary than the writer had', () => {
    const stored = Uint8Array.of(1, 2, 0, 0xfd, 0xff, 0xc3, 0x28);
    expect(() => inflateFrame(stored)).toThrow(withCode('INVALID_FRAME'));
    const body = deflateFrame(frame, { dictionary });
    expect(() => inflateFrame(body)).toThrow(withCode('INVALID_FRAME'));
    const wrong = { dictionary: dictionary.slice(0, 40) };
    expect(() => inflateFrame(body, wrong)).toThrow(withCode('INVALID_FRAME'));
  });

  test('reads up to maxBytes, in bytes of UTF-8, and 4 MiB unless told otherwise', () => {
    const original = 'é'.repeat(600);
    const body = deflateFrame(original);
    expect(inflateFrame(body, { maxBytes: 1_200 })).toBe(original);
    expect(() => inflateFrame(body, { maxBytes: 1_199 })).toThrow(tooLarge);
    const longest = 'x'.repeat(4_194_304);
    expect(inflateFrame(deflateFrame(longest))).toHaveLength(4_194_304);
    expect(() => inflateFrame(deflateFrame(`${longest}x`))).toThrow(tooLarge);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses the limit %d, with which nothing would be too large, or everything',
    (maxBytes) => {
      expect(() => inflateFrame(deflateFrame(frame), { maxBytes })).toThrow(
        withCode('INVALID_CONFIG'),
      );
    },
  );

  test.each([1_000, 32_000, 1_000_000])(
    'refuses a bomb of %d bytes in time, and takes no more memory than it may write',
    (bodyBytes) => {
      const maxBytes = 500_000;
      const bomb = deflateBomb(bodyBytes);
      expect(refusal(() => inflateFrame(bomb, { maxBytes }))).toEqual({
        code: 'too large',
        tookMs: expect.toSatisfy((ms: number) => ms < generousMs),
        // Counts what is garbage already.
        tookBytes: expect.toSatisfy((bytes: number) => bytes < maxBytes * 4),
      });
    },
  );

  test('refuses a body that makes nothing of its bytes in time', () => {
    const idle = refusal(() => inflateFrame(idleDeflateBody(400_000)));
    expect(idle.code).toBe('damaged');
    expect(idle.tookMs).toBeLessThan(generousMs);
    const longer = refusal(() => inflateFrame(idleDeflateBody(400_000), { maxBytes: 399_999 }));
    expect(longer.code).toBe('too large');
  });
});

/** What became of a body; anything but a text or a refusal fails the test. */
function outcome(run: () => string): 'text' | 'damaged' | 'too large' {
  try {
    expect(run()).toBeTypeOf('string');
    return 'text';
  } catch (error) {
    if (!isRoomcastError(error, 'INVALID_FRAME')) throw error;
    return error.message.includes('(maxBytes)') ? 'too large' : 'damaged';
  }
}

/** The quickest of a few, because other programs interrupt some; the most memory of all. */
function refusal(run: () => string) {
  const attempts = Array.from({ length: 5 }, () => {
    const { arrayBuffers } = process.memoryUsage();
    const before = performance.now();
    const code = outcome(run);
    const tookMs = performance.now() - before;
    return { code, tookMs, tookBytes: process.memoryUsage().arrayBuffers - arrayBuffers };
  });
  return {
    code: attempts[0]!.code,
    tookMs: Math.min(...attempts.map(({ tookMs }) => tookMs)),
    tookBytes: Math.max(...attempts.map(({ tookBytes }) => tookBytes)),
  };
}
