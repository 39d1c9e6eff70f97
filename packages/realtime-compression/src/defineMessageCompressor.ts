import { RoomcastError } from '@roomcast/realtime-contract';
import { identity } from './codecs/identity.ts';
import { type MessageCompressorOptions, resolveCompressorOptions } from './compressorOptions.ts';
import { Envelopes, type Sealed } from './envelope/envelopes.ts';
import { headerBytes, headerCharacters, parseHeader } from './envelope/header.ts';
import { invalidEnvelope } from './envelope/invalidEnvelope.ts';
import { parseBase64 } from './envelope/parseBase64.ts';
import { decodeUtf8, encodeUtf8 } from './envelope/utf8.ts';
import type { MessageCompressorClass, MessageCompressorInstance } from './messageCompressor.ts';
import type { Platform } from './platform.ts';

/** The class of one platform. Its static methods need no `this`, so that they may be passed on. */
export function defineMessageCompressor(platform: Platform): MessageCompressorClass {
  return class MessageCompressor extends Compressor {
    static readonly #shared = new MessageCompressor();

    constructor(options?: MessageCompressorOptions) {
      super(platform, options);
    }

    static compressMessage(text: string): string {
      return MessageCompressor.#shared.compressMessage(text);
    }

    static compressMessageLater(text: string): Promise<string> {
      return MessageCompressor.#shared.compressMessageLater(text);
    }

    static decompressMessage(envelope: string): string {
      return MessageCompressor.#shared.decompressMessage(envelope);
    }

    static compressBytes(bytes: Uint8Array): Uint8Array {
      return MessageCompressor.#shared.compressBytes(bytes);
    }

    static decompressBytes(envelope: Uint8Array): Uint8Array {
      return MessageCompressor.#shared.decompressBytes(envelope);
    }
  };
}

/** Base64 makes four characters of three bytes. */
const base64Characters = (bytes: number) => Math.ceil(bytes / 3) * 4;

class Compressor implements MessageCompressorInstance {
  readonly #platform: Platform;
  readonly #envelopes: Envelopes;

  constructor(platform: Platform, options: MessageCompressorOptions = {}) {
    this.#platform = platform;
    this.#envelopes = new Envelopes(resolveCompressorOptions(options), platform);
  }

  compressMessage(text: string): string {
    return this.#write(text, this.#envelopes.seal(this.#originalOf(text), base64Characters));
  }

  async compressMessageLater(text: string): Promise<string> {
    const original = this.#originalOf(text);
    return this.#write(text, await this.#envelopes.sealLater(original, base64Characters));
  }

  #originalOf(text: string): Uint8Array {
    if (typeof text !== 'string') throw invalidText(`got ${typeof text}`);
    // UTF-8 has no fewer bytes than the text has code units: refused before it is encoded.
    this.#envelopes.assertSize(text.length);
    const original = encodeUtf8(text);
    if (!original) throw invalidText('it holds a lone surrogate');
    return original;
  }

  #write(text: string, { header, codec, body }: Sealed): string {
    const content = codec === identity ? text : this.#platform.toBase64(body);
    return this.#platform.toBase64(header) + content;
  }

  decompressMessage(envelope: string): string {
    if (typeof envelope !== 'string') throw invalidEnvelope(`it is no text but ${typeof envelope}`);
    const header = parseHeader(parseBase64(envelope.slice(0, headerCharacters), this.#platform));
    const isPlain = this.#envelopes.readerOf(header) === identity;
    const content = envelope.slice(headerCharacters);
    // Looked at before it is decoded; neither base64 nor UTF-8 makes fewer bytes of it on the way.
    if (content.length > header.length) throw invalidEnvelope('it is longer than it declares');
    const body = isPlain ? encodeUtf8(content) : parseBase64(content, this.#platform);
    if (!body) throw invalidEnvelope('it holds a lone surrogate');
    const original = this.#envelopes.open(header, body);
    return isPlain ? content : textOf(original);
  }

  compressBytes(bytes: Uint8Array): Uint8Array {
    const { header, body } = this.#envelopes.seal(bytes, (bodyBytes) => bodyBytes);
    const envelope = new Uint8Array(headerBytes + body.length);
    envelope.set(header);
    envelope.set(body, headerBytes);
    return envelope;
  }

  decompressBytes(envelope: Uint8Array): Uint8Array {
    if (!isBytes(envelope)) throw invalidEnvelope(`it is no Uint8Array but ${typeof envelope}`);
    return this.#envelopes.open(parseHeader(envelope), envelope.subarray(headerBytes));
  }
}

/** Not by `instanceof`: frames and test environments have a Uint8Array of their own. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value).endsWith('Uint8Array]');
}

function textOf(original: Uint8Array): string {
  try {
    return decodeUtf8(original);
  } catch (error) {
    throw invalidEnvelope('it holds bytes and no text', error);
  }
}

function invalidText(problem: string): RoomcastError {
  return new RoomcastError(
    'INVALID_TEXT',
    `The message cannot be written: ${problem}. Expected text that UTF-8 can carry, such as that of JSON.stringify.`,
  );
}
