import { isRoomcastError } from '@roomcast/realtime-contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MessageCompressor as BrowserMessageCompressor } from './browser.ts';
import type { Codec } from './codecs/codec.ts';
import { MessageCompressor } from './index.ts';

const codecIds = { identity: 0, 'lz-string': 1, 'deflate-raw': 2, 'deflate-raw-dictionary': 3 };

const encode = (text: string) => new TextEncoder().encode(text);

/** The codec that an envelope of bytes names. */
const codecOf = (envelope: Uint8Array) =>
  Object.entries(codecIds).find(([, id]) => id === envelope[3])?.[0];

const listOf = (length: number) =>
  JSON.stringify(
    Array.from({ length }, (_, index) => ({ ticketId: `t-${index}`, price: index % 90 })),
  );

const platforms = [
  { on: 'Node', Compressor: MessageCompressor, Other: BrowserMessageCompressor },
  { on: 'browsers', Compressor: BrowserMessageCompressor, Other: MessageCompressor },
];

describe.each(platforms)('MessageCompressor on $on', ({ Compressor, Other }) => {
  test('works without an instance, also where its methods are passed on', () => {
    const { compressMessage, decompressMessage, compressBytes, decompressBytes } = Compressor;
    const text = listOf(100);
    expect(compressMessage(text).length).toBeLessThan(text.length);
    expect([text].map(compressMessage).map(decompressMessage)).toEqual([text]);
    expect(decompressBytes(compressBytes(encode(text)))).toEqual(encode(text));
  });

  test('works as an instance and as the base of a class', () => {
    class Loud extends Compressor {
      override compressMessage(text: string) {
        return super.compressMessage(text.toUpperCase());
      }
    }
    const compressor = new Loud();
    expect(compressor).toBeInstanceOf(Compressor);
    expect(compressor.decompressMessage(compressor.compressMessage('sold'))).toBe('SOLD');
  });

  test('leaves messages below 1,024 bytes as they are, after the header', () => {
    const below = 'é'.repeat(511).padEnd(512, '!');
    expect(encode(below)).toHaveLength(1_023);
    expect(Compressor.compressMessage(below).slice(16)).toBe(below);
    const atThreshold = 'é'.repeat(512);
    expect(Compressor.compressMessage(atThreshold).length).toBeLessThan(512);
  });

  test('writes with lz-string unless told otherwise, and longer messages with deflate', () => {
    expect(codecOf(Compressor.compressBytes(encode(listOf(100))))).toBe('lz-string');
    expect(codecOf(Compressor.compressBytes(new Uint8Array(16_384)))).toBe('lz-string');
    expect(codecOf(Compressor.compressBytes(new Uint8Array(16_385)))).toBe('deflate-raw');
    const patient = new Compressor({ lzStringMaxBytes: 20_000 });
    expect(codecOf(patient.compressBytes(new Uint8Array(16_385)))).toBe('lz-string');
  });

  test.each(['identity', 'deflate-raw', 'lz-string'] as const)(
    'writes with %s on request',
    (codec) => {
      const compressor = new Compressor({ codec });
      const envelope = compressor.compressBytes(encode(listOf(100)));
      expect(codecOf(envelope)).toBe(codec);
      expect(new Other().decompressBytes(envelope)).toEqual(encode(listOf(100)));
    },
  );

  test('deflate refers to a dictionary, and the wrong one is noticed', () => {
    const options = { codec: 'deflate-raw', thresholdBytes: 0 } as const;
    const dictionary = encode('{"type":"ticket-purchased","ticketId":"t-1","price":');
    const text = '{"type":"ticket-purchased","ticketId":"t-1","price":20}';
    const envelope = new Compressor({ ...options, dictionary }).compressBytes(encode(text));
    expect(codecOf(envelope)).toBe('deflate-raw-dictionary');
    expect(envelope.length).toBeLessThan(
      new Compressor(options).compressBytes(encode(text)).length,
    );
    expect(new Other({ dictionary }).decompressBytes(envelope)).toEqual(encode(text));

    const wrong = dictionary.toReversed();
    expect(codeOf(() => new Other({ dictionary: wrong }).decompressBytes(envelope))).toBe(
      'INVALID_ENVELOPE',
    );
    expect(codeOf(() => new Other().decompressBytes(envelope))).toBe('INVALID_ENVELOPE');
    const plain = new Compressor(options).compressBytes(encode(listOf(9)));
    expect(new Other({ dictionary }).decompressBytes(plain)).toEqual(encode(listOf(9)));
  });

  test('keeps a stricter ratio than the default by padding, which the other end reads', () => {
    const strict = new Compressor({ codec: 'deflate-raw', maxRatio: 10 });
    const envelope = strict.compressBytes(new Uint8Array(10_000));
    expect(envelope.length).toBeGreaterThanOrEqual(1_012);
    expect(envelope.length).toBeLessThan(1_020);
    expect(new Other({ maxRatio: 10 }).decompressBytes(envelope)).toEqual(new Uint8Array(10_000));
    const lzString = new Compressor({ maxRatio: 10 }).compressBytes(new Uint8Array(10_000));
    expect(codecOf(lzString)).toBe('deflate-raw');
  });

  test('gives bytes as a plain Uint8Array in memory of its own', () => {
    for (const bytes of [new Uint8Array(10), new Uint8Array(2_000)]) {
      const received = Buffer.from(Compressor.compressBytes(bytes));
      const opened = Compressor.decompressBytes(received);
      received.fill(1);
      expect(Object.getPrototypeOf(opened)).toBe(Uint8Array.prototype);
      expect(opened).toEqual(bytes);
    }
  });

  test('any text comes back through the other platform, and is no longer than text and header', () => {
    const options = fc.record({
      codec: fc.constantFrom('identity', 'lz-string', 'deflate-raw'),
      thresholdBytes: fc.constantFrom(0, 1_024),
    });
    const text = fc.string({ unit: 'binary', size: 'large' });
    fc.assert(
      fc.property(options, text, fc.nat(3), (drawn, unit, repeats) => {
        const original = unit.repeat(repeats);
        const envelope = new Compressor(drawn).compressMessage(original);
        expect(encode(envelope).length).toBeLessThanOrEqual(encode(original).length + 16);
        expect(new Other().decompressMessage(envelope)).toBe(original);
      }),
    );
  });

  test('any bytes come back through the other platform, and are no longer than bytes and header', () => {
    const bytes = fc.uint8Array({ size: 'large', max: 255 });
    fc.assert(
      fc.property(fc.constantFrom('lz-string', 'deflate-raw'), bytes, (codec, original) => {
        const envelope = new Compressor({ codec, thresholdBytes: 0 }).compressBytes(original);
        expect(envelope.length).toBeLessThanOrEqual(original.length + 12);
        expect(new Other().decompressBytes(envelope)).toEqual(original);
      }),
    );
  });

  test('any damage is detected: bytes overwritten, cut out or put in', () => {
    const text = listOf(60);
    const damage = fc.record({
      codec: fc.constantFrom('lz-string', 'deflate-raw'),
      at: fc.nat(),
      removed: fc.nat(20),
      added: fc.uint8Array({ maxLength: 20 }),
    });
    fc.assert(
      fc.property(damage, ({ codec, at, removed, added }) => {
        const envelope = new Compressor({ codec }).compressBytes(encode(text));
        const start = at % envelope.length;
        const damaged = Uint8Array.of(
          ...envelope.subarray(0, start),
          ...added,
          ...envelope.subarray(start + removed),
        );
        fc.pre(Buffer.compare(damaged, envelope) !== 0);
        expect(['INVALID_ENVELOPE', 'MESSAGE_TOO_LARGE']).toContain(
          codeOf(() => Compressor.decompressBytes(damaged)),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('anything at all is either refused with a code or an envelope', () => {
    const header = Compressor.compressBytes(encode(listOf(60))).subarray(0, 12);
    fc.assert(
      fc.property(
        fc.uint8Array({ size: 'large' }),
        fc.nat(3),
        fc.boolean(),
        (body, codec, isText) => {
          const forged = Uint8Array.of(...header, ...body);
          forged[3] = codec;
          const code = codeOf(() =>
            isText
              ? Compressor.decompressMessage(Buffer.from(forged).toString('base64'))
              : Compressor.decompressBytes(forged),
          );
          expect(['INVALID_ENVELOPE', 'MESSAGE_TOO_LARGE']).toContain(code);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a number', 1],
    ['an object', { length: 20 }],
    ['a list', ['RCE1']],
  ])('refuses %s from the wire with a code', (_, value) => {
    expect(codeOf(() => Compressor.decompressMessage(value as never))).toBe('INVALID_ENVELOPE');
    expect(codeOf(() => Compressor.decompressBytes(value as never))).toBe('INVALID_ENVELOPE');
    expect(codeOf(() => Compressor.compressMessage(value as never))).toBe('INVALID_TEXT');
  });

  test('refuses options that cannot be used, and names them', () => {
    const refused: [string, object][] = [
      ['thresholdBytes', { thresholdBytes: -1 }],
      ['maxBytes', { maxBytes: 0 }],
      ['maxBytes', { maxBytes: 2 ** 32 }],
      ['maxRatio', { maxRatio: 0.5 }],
      ['maxRatio', { maxRatio: Number.NaN }],
      ['lzStringMaxBytes', { lzStringMaxBytes: 2 ** 21 }],
      ['codec', { codec: 'gzip' }],
      ['codec', { codec: 'constructor' }],
      ['id', { codec: { id: 2 } }],
      ['id', { codec: { id: 256 } }],
    ];
    for (const [name, options] of refused) {
      expect(() => new Compressor(options)).toThrow(`\`${name}\``);
      expect(codeOf(() => new Compressor(options))).toBe('INVALID_CONFIG');
    }
  });

  test('takes a codec of its own on both ends, and is not known to others', () => {
    const own: Codec = {
      name: 'zero-runs',
      id: 200,
      encode: (bytes) =>
        Uint8Array.of(bytes.length >> 8, bytes.length & 255, ...new Uint8Array(60)),
      decode: (_, length) => new Uint8Array(length),
    };
    const compressor = new Compressor({ codec: own });
    const envelope = compressor.compressBytes(new Uint8Array(4_000));
    expect(envelope).toHaveLength(12 + 62);
    expect(new Other({ codec: own }).decompressBytes(envelope)).toEqual(new Uint8Array(4_000));
    expect(codeOf(() => Other.decompressBytes(envelope))).toBe('INVALID_ENVELOPE');
  });
});

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return isRoomcastError(error) ? error.code : String(error);
  }
  return undefined;
}
