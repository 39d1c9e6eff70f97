import { RoomcastError } from '@roomcast/realtime-contract';
import type { Codec } from './codecs/codec.ts';

/** The codecs that can be asked for by name. */
export type CodecName = 'identity' | 'lz-string' | 'deflate-raw';

export interface MessageCompressorOptions {
  /**
   * What messages are written with; every codec is read, whichever is chosen here. `identity` turns
   * compression off. A codec of your own must be given to both ends.
   * @default 'lz-string'
   */
  readonly codec?: CodecName | Codec;
  /**
   * Shorter messages are not compressed, in bytes of UTF-8.
   * @default 1_024
   */
  readonly thresholdBytes?: number;
  /**
   * The longest original, in bytes of UTF-8: a longer one is neither written nor read.
   * @default 1_048_576
   */
  readonly maxBytes?: number;
  /**
   * How many bytes one byte of a body may become. A reader refuses more before it decodes; a writer
   * keeps to it. A lower one on the reader's side than on the writer's refuses honest messages.
   * @default 200
   */
  readonly maxRatio?: number;
  /**
   * The longest original for lz-string, in bytes; at most 1,048,576. Longer ones are written with
   * deflate, because the cost of lz-string grows faster than its input. The same on both ends.
   * @default 16_384
   */
  readonly lzStringMaxBytes?: number;
  /**
   * What messages are likely to contain, the likeliest last: deflate then refers to it instead of
   * spelling it out. At most its last 32,768 bytes count. The same on both ends.
   * @default none
   */
  readonly dictionary?: Uint8Array;
}

/** The options without gaps. */
export type ResolvedCompressorOptions = Required<Omit<MessageCompressorOptions, 'dictionary'>> &
  Pick<MessageCompressorOptions, 'dictionary'>;

const defaults: ResolvedCompressorOptions = {
  codec: 'lz-string',
  thresholdBytes: 1_024,
  maxBytes: 1_048_576,
  maxRatio: 200,
  lzStringMaxBytes: 16_384,
};

/** The header has four bytes for the length. */
const maxDeclarable = 2 ** 32 - 1;
/** The tokens of lz-string have up to 24 bits for longer ones, and more would not fit the reader. */
const maxLzStringBytes = 1_048_576;

/** @throws RoomcastError `INVALID_CONFIG` */
export function resolveCompressorOptions(
  options: MessageCompressorOptions,
): ResolvedCompressorOptions {
  const resolved = { ...defaults, ...options };
  assertWhole('thresholdBytes', resolved.thresholdBytes, 0, Number.MAX_SAFE_INTEGER);
  assertWhole('maxBytes', resolved.maxBytes, 1, maxDeclarable);
  assertWhole('maxRatio', resolved.maxRatio, 1, Number.MAX_SAFE_INTEGER);
  assertWhole('lzStringMaxBytes', resolved.lzStringMaxBytes, 0, maxLzStringBytes);
  return resolved;
}

function assertWhole(name: string, value: number, min: number, max: number): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  throw new RoomcastError(
    'INVALID_CONFIG',
    `Expected \`${name}\` to be a whole number from ${min} to ${max}, got \`${value}\`.`,
  );
}
