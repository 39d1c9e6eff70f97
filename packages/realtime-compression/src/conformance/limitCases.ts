import { ok, throws } from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import type { CodecCase } from './codecCase.ts';
import { openingCodes, refuses } from './refusal.ts';
import { repetitiveText } from './samples.ts';

/** Uniform, so that little declares much. */
const bombBytes = 4_194_304;

const encode = (text: string) => new TextEncoder().encode(text);

/** What is refused although it is sound. */
export const limitCases: readonly CodecCase[] = [
  {
    name: 'decoding stops at the declared length, and does not accept less than it',
    run({ codec }) {
      const { length } = encode(repetitiveText);
      const body = codec.encode(encode(repetitiveText));
      for (const declared of [1, 2, length >> 1, length - 1, length + 1, length * 100]) {
        throws(() => codec.decode(body, declared), `${length} bytes as ${declared} were accepted`);
      }
    },
  },
  {
    name: 'a body that makes far more than it declares is refused in time',
    run({ codec, within, refusalMs }) {
      const bomb = codec.encode(within(new Uint8Array(bombBytes)));
      // The quickest of a few: the first has to compile, and other programs only make it slower.
      const times = Array.from({ length: 5 }, () => {
        const before = performance.now();
        throws(() => codec.decode(bomb, 1_024), 'The bomb was accepted.');
        return performance.now() - before;
      });
      const tookMs = Math.min(...times);
      ok(tookMs <= refusalMs, `Refusing took ${tookMs} ms instead of at most ${refusalMs}.`);
    },
  },
  {
    name: 'a message longer than maxBytes is neither written nor read',
    run({ compressor, createCompressor }) {
      const { length } = encode(repetitiveText);
      const small = createCompressor({ thresholdBytes: 0, maxBytes: length - 1 });
      const tooLarge = ['MESSAGE_TOO_LARGE'] as const;
      refuses('written', tooLarge, () => small.compressMessage(repetitiveText));
      refuses('written', tooLarge, () => small.compressBytes(encode(repetitiveText)));
      const text = compressor.compressMessage(repetitiveText);
      refuses('read', tooLarge, () => small.decompressMessage(text));
      const bytes = compressor.compressBytes(encode(repetitiveText));
      refuses('read', tooLarge, () => small.decompressBytes(bytes));
    },
  },
  {
    name: 'a message that grows by more than maxRatio is refused',
    run({ compressor, createCompressor, within }) {
      const envelope = compressor.compressBytes(within(new Uint8Array(4_000)));
      const strict = createCompressor({ maxRatio: 1 });
      refuses('growth', ['MESSAGE_TOO_LARGE'], () => strict.decompressBytes(envelope));
    },
  },
  {
    name: 'a lone surrogate is refused instead of being replaced',
    run({ compressor }) {
      for (const text of ['\ud83c', 'before \udf9f after', '\udf9f\ud83c']) {
        refuses('written', ['INVALID_TEXT'], () => compressor.compressMessage(text));
      }
      // One flipped bit away from U+FFFD, and the same bytes in UTF-8.
      const envelope = compressor.compressMessage('\ufffd').replace('\ufffd', '\udffd');
      refuses('read', openingCodes, () => compressor.decompressMessage(envelope));
    },
  },
  {
    name: 'bytes that are no text are refused as a message',
    run({ compressor }) {
      for (const bytes of [new Uint8Array(2_000).fill(0xff), Uint8Array.of(0xc3)]) {
        const envelope = Buffer.from(compressor.compressBytes(bytes)).toString('base64');
        refuses('no UTF-8', openingCodes, () => compressor.decompressMessage(envelope));
      }
    },
  },
];
