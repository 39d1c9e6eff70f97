import { AssertionError } from 'node:assert/strict';
import type { Codec } from '../codecs/codec.ts';
import { MessageCompressor } from '../index.ts';
import type { MessageCompressorClass } from '../messageCompressor.ts';
import type { CodecCase } from './codecCase.ts';
import { CodecContext } from './codecContext.ts';
import type { ConformanceCase } from './conformanceCase.ts';
import { damageCases } from './damageCases.ts';
import { limitCases } from './limitCases.ts';
import { roundTripCases } from './roundTripCases.ts';
import { sizeCases } from './sizeCases.ts';

export interface CodecConformanceOptions {
  /**
   * How long it may take to refuse a body that makes more than it declares, in milliseconds.
   * @default 100, for machines that do other things too
   */
  readonly refusalMs?: number;
  /**
   * The class whose envelopes the codec is tried in.
   * @default the one for Node
   */
  readonly MessageCompressor?: MessageCompressorClass;
}

const allCases: readonly CodecCase[] = [
  ...roundTripCases,
  ...sizeCases,
  ...damageCases,
  ...limitCases,
];

/**
 * What every codec promises, alone and in an envelope, as cases for any test runner.
 *
 * @example
 * for (const { name, run } of codecConformance(myCodec)) test(name, run);
 */
export function codecConformance(
  codec: Codec,
  options: CodecConformanceOptions = {},
): ConformanceCase[] {
  const { refusalMs = 100, MessageCompressor: Compressor = MessageCompressor } = options;
  return allCases.map(({ name, run }) => ({
    name,
    async run() {
      try {
        run(new CodecContext(codec, Compressor, refusalMs));
      } catch (error) {
        throw error instanceof AssertionError ? error : codecFailed(error);
      }
    },
  }));
}

function codecFailed(cause: unknown): AssertionError {
  const error = new AssertionError({ message: `The codec failed with: ${cause}` });
  return Object.assign(error, { cause });
}
