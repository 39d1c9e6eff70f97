import { RoomcastError } from '@roomcast/realtime-contract';
import type { Codec } from '../codecs/codec.ts';
import { type CodecTable, createCodecTable } from '../codecs/codecTable.ts';
import { identity } from '../codecs/identity.ts';
import type { ResolvedCompressorOptions } from '../compressorOptions.ts';
import type { Platform } from '../platform.ts';
import { checksumOf } from './checksum.ts';
import { type EnvelopeHeader, encodeHeader } from './header.ts';
import { invalidEnvelope } from './invalidEnvelope.ts';

/** An original on its way, before it is put into bytes or text. */
export interface Sealed {
  readonly header: Uint8Array;
  readonly codec: Codec;
  readonly body: Uint8Array;
}

/** Seals and opens, whatever carries the envelope. */
export class Envelopes {
  readonly #options: ResolvedCompressorOptions;
  readonly #platform: Platform;
  readonly #codecs: CodecTable;

  constructor(options: ResolvedCompressorOptions, platform: Platform) {
    this.#options = options;
    this.#platform = platform;
    this.#codecs = createCodecTable(options, platform);
  }

  /**
   * @param carriedBytes - the room that a body of so many bytes takes on the way
   * @throws RoomcastError `MESSAGE_TOO_LARGE`
   */
  seal(original: Uint8Array, carriedBytes: (bodyBytes: number) => number): Sealed {
    this.assertSize(original.length);
    for (const codec of this.#writersFor(original)) {
      const body = this.#grown(codec, codec.encode(original), original);
      if (body) return this.#seal(original, { codec, body }, carriedBytes);
    }
    return this.#seal(original, null, carriedBytes);
  }

  /** As {@link seal}, where the codec can do that beside the loop. */
  async sealLater(
    original: Uint8Array,
    carriedBytes: (bodyBytes: number) => number,
  ): Promise<Sealed> {
    this.assertSize(original.length);
    for (const codec of this.#writersFor(original)) {
      const encoded = await (codec.encodeLater?.(original) ?? codec.encode(original));
      const body = this.#grown(codec, encoded, original);
      if (body) return this.#seal(original, { codec, body }, carriedBytes);
    }
    return this.#seal(original, null, carriedBytes);
  }

  #seal(
    original: Uint8Array,
    compressed: Omit<Sealed, 'header'> | null,
    carriedBytes: (bodyBytes: number) => number,
  ): Sealed {
    const pays = compressed && carriedBytes(compressed.body.length) < original.length;
    const { codec, body } = pays ? compressed : { codec: identity, body: original };
    const header = { codec: codec.id, length: original.length };
    const checksum = checksumOf(header, original, body, this.#platform);
    return { header: encodeHeader({ ...header, checksum }), codec, body };
  }

  /**
   * Everything that costs memory or time is refused before it begins.
   *
   * @throws RoomcastError `INVALID_ENVELOPE`, or `MESSAGE_TOO_LARGE` by what it declares
   */
  open(header: EnvelopeHeader, body: Uint8Array): Uint8Array {
    const codec = this.readerOf(header);
    this.#assertGrowth(header.length, body.length);
    if (codec !== identity && body.length >= header.length) {
      throw invalidEnvelope('its body is no shorter than what it declares');
    }
    const original = decode(codec, body, header.length);
    if (checksumOf(header, original, body, this.#platform) !== header.checksum) {
      throw invalidEnvelope('its checksum does not match');
    }
    return original;
  }

  /**
   * The codec that a header names, where the message may be read at all.
   *
   * @throws RoomcastError `INVALID_ENVELOPE`, or `MESSAGE_TOO_LARGE` by what it declares
   */
  readerOf(header: EnvelopeHeader): Codec {
    const codec = this.#codecs.readers.get(header.codec);
    if (!codec) throw invalidEnvelope(`codec ${header.codec} is not known here`);
    this.assertSize(header.length);
    if (codec.maxBytes !== undefined && header.length > codec.maxBytes) {
      throw tooLarge(`${header.length} bytes by ${codec.name}`, `at most ${codec.maxBytes}`);
    }
    return codec;
  }

  assertSize(bytes: number): void {
    const { maxBytes } = this.#options;
    if (bytes > maxBytes) throw tooLarge(`${bytes} bytes`, `at most ${maxBytes} (maxBytes)`);
  }

  #assertGrowth(length: number, bodyBytes: number): void {
    const { maxRatio } = this.#options;
    if (length <= bodyBytes * maxRatio) return;
    const expected = `at most ${maxRatio} for each byte (maxRatio)`;
    throw tooLarge(`${length} bytes out of ${bodyBytes}`, expected);
  }

  /** Those that may be tried, the preferred one first; none below the threshold. */
  #writersFor({ length }: Uint8Array): readonly Codec[] {
    if (length < this.#options.thresholdBytes || length === 0) return [];
    return this.#codecs.writers.filter(({ maxBytes = length }) => length <= maxBytes);
  }

  /** A body that readers do not take for a bomb; null where its codec cannot make one. */
  #grown(codec: Codec, body: Uint8Array, original: Uint8Array): Uint8Array | null {
    const minBytes = Math.ceil(original.length / this.#options.maxRatio);
    return body.length >= minBytes ? body : (codec.pad?.(body, minBytes) ?? null);
  }
}

function decode(codec: Codec, body: Uint8Array, length: number): Uint8Array {
  try {
    return codec.decode(body, length);
  } catch (error) {
    throw invalidEnvelope(`its body is no sound ${codec.name}`, error);
  }
}

function tooLarge(actual: string, expected: string): RoomcastError {
  return new RoomcastError(
    'MESSAGE_TOO_LARGE',
    `The message has ${actual}. Expected ${expected}; split it or raise the limit on both ends.`,
  );
}
