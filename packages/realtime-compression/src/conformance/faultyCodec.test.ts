import { AssertionError } from 'node:assert/strict';
import { isRoomcastError } from '@roomcast/realtime-contract';
import { describe, expect, test } from 'vitest';
import type { Codec } from '../codecs/codec.ts';
import { createDeflateRaw } from '../codecs/deflateRaw.ts';
import type { MessageCompressorOptions } from '../compressorOptions.ts';
import { MessageCompressor } from '../index.ts';
import { nodePlatform } from '../node/nodePlatform.ts';
import { codecConformance } from './codecConformance.ts';

const sound = createDeflateRaw(nodePlatform);

interface Fault {
  readonly fault: string;
  /** What the codec does otherwise. */
  readonly codec?: Partial<Codec>;
  /** What the compressor around it does otherwise. */
  readonly Compressor?: typeof MessageCompressor;
  readonly breaks: readonly string[];
}

/** A compressor that opens whatever it gets. */
class Credulous extends MessageCompressor {
  override decompressBytes(envelope: Uint8Array): Uint8Array {
    try {
      return super.decompressBytes(envelope);
    } catch {
      return envelope;
    }
  }

  override decompressMessage(envelope: string): string {
    try {
      return super.decompressMessage(envelope);
    } catch {
      return envelope;
    }
  }
}

const faults: readonly Fault[] = [
  {
    fault: 'decodes the last byte wrongly',
    codec: {
      decode(body, length) {
        const bytes = sound.decode(body, length);
        bytes[length - 1] = (bytes[length - 1] ?? 0) ^ 1;
        return bytes;
      },
    },
    breaks: [
      'bytes of every kind are decoded as they were encoded',
      'bytes of every kind come out of their envelope as they were',
      'text of every kind comes out of its envelope as it was',
      'an envelope passes through UTF-8, JSON and binary unharmed',
      'part of a larger buffer is encoded and decoded like a buffer of its own',
    ],
  },
  {
    fault: 'reads the whole of the buffer that its part is of',
    codec: { encode: (bytes) => sound.encode(new Uint8Array(bytes.buffer)) },
    breaks: ['part of a larger buffer is encoded and decoded like a buffer of its own'],
  },
  {
    fault: 'clears what it has encoded',
    codec: {
      encode(bytes) {
        const body = sound.encode(bytes);
        bytes.fill(0);
        return body;
      },
    },
    breaks: [
      'encoding and decoding change nothing that they are given, and decode into new memory',
    ],
  },
  {
    fault: 'takes what begins like an envelope for one',
    Compressor: class extends MessageCompressor {
      override compressMessage(text: string) {
        return text.startsWith('RCE1') ? text : super.compressMessage(text);
      }
    },
    breaks: ['text that is, or looks like, an envelope is not taken for one when it is written'],
  },
  {
    fault: 'puts more into the envelope than needed',
    Compressor: class extends MessageCompressor {
      override compressBytes(bytes: Uint8Array) {
        return Uint8Array.of(...super.compressBytes(bytes), 0);
      }
    },
    breaks: [
      'an envelope is never longer than 12 bytes, or 16 characters, and what it holds',
      'bytes that would not get smaller are left as they are, also by a codec that adds to them',
    ],
  },
  {
    fault: 'leaves uniform messages as they are',
    Compressor: class extends MessageCompressor {
      constructor(options?: MessageCompressorOptions) {
        super({ ...options, codec: 'identity' });
      }
    },
    breaks: ['a message of nothing but one letter keeps to the ratio, and is still made smaller'],
  },
  {
    fault: 'pads with what is no part of the body',
    codec: {
      pad: (body, minBytes) => Uint8Array.of(...body, ...new Uint8Array(minBytes)).reverse(),
    },
    breaks: ['a message of nothing but one letter keeps to the ratio, and is still made smaller'],
  },
  {
    fault: 'believes everything',
    Compressor: Credulous,
    breaks: [
      'every single flipped bit of an envelope of bytes is detected',
      'every single flipped bit of an envelope of text is detected',
      'every truncation of an envelope is detected',
      'anything added to an envelope is detected',
      'what is no envelope is refused',
      'bytes that are no text are refused as a message',
    ],
  },
  {
    fault: 'inflates without a limit',
    codec: {
      decode: (body, length) => {
        const bytes = nodePlatform.inflate(body, 100_000_000, undefined);
        return bytes.slice(0, length);
      },
    },
    breaks: [
      'decoding stops at the declared length, and does not accept less than it',
      'a body that makes far more than it declares is refused in time',
    ],
  },
  {
    fault: 'is slow to refuse',
    codec: {
      decode(body, length) {
        for (const end = performance.now() + 30; performance.now() < end; );
        return sound.decode(body, length);
      },
    },
    breaks: ['a body that makes far more than it declares is refused in time'],
  },
  {
    fault: 'knows no limits',
    Compressor: class extends MessageCompressor {
      constructor({ maxBytes: _, maxRatio: __, ...options }: MessageCompressorOptions = {}) {
        super(options);
      }
    },
    breaks: [
      'a message longer than maxBytes is neither written nor read',
      'a message that grows by more than maxRatio is refused',
    ],
  },
  {
    fault: 'replaces lone surrogates',
    Compressor: class extends MessageCompressor {
      override compressMessage(text: string) {
        return super.compressMessage(text.replace(/\p{Surrogate}/gu, '\ufffd'));
      }
    },
    breaks: ['a lone surrogate is refused instead of being replaced'],
  },
];

describe.each(faults)('a codec that $fault', ({ codec, Compressor, breaks }) => {
  const cases = codecConformance(
    { ...sound, ...codec },
    {
      refusalMs: 20,
      ...(Compressor && { MessageCompressor: Compressor }),
    },
  );

  test.each(breaks)('breaks the promise that %s', async (promise) => {
    const broken = cases.find(({ name }) => name === promise);
    expect(broken, 'a case of that name').toBeDefined();
    await expect(broken?.run()).rejects.toBeInstanceOf(AssertionError);
  });
});

test('every promise of the suite is broken by one of the codecs above', () => {
  const broken = new Set(faults.flatMap(({ breaks }) => breaks));
  const promises = codecConformance(sound).map(({ name }) => name);
  expect(promises.filter((name) => !broken.has(name))).toEqual([]);
});

test('what a broken codec throws is the cause of the failure', async () => {
  const fault = new TypeError('out of memory');
  const [first] = codecConformance({
    ...sound,
    encode() {
      throw fault;
    },
  });
  const error = await first?.run().catch((reason: unknown) => reason);
  expect(isRoomcastError(error)).toBe(false);
  expect(error).toMatchObject({ cause: fault });
});
