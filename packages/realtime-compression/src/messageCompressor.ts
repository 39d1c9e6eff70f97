import type { MessageCompressorOptions } from './compressorOptions.ts';

/** Puts messages into envelopes and takes them out again. It holds no state between calls. */
export interface MessageCompressorInstance {
  /**
   * A message as text in an envelope, compressed where that makes it smaller. It survives every way
   * that carries text (UTF-8, JSON, binary) and is never longer than the message and 16 characters.
   *
   * @throws RoomcastError `MESSAGE_TOO_LARGE` above `maxBytes`; `INVALID_TEXT` where it is no text
   * or holds a lone surrogate
   */
  compressMessage(text: string): string;
  /**
   * As {@link compressMessage}, for long messages in a program that must go on meanwhile. On Node
   * deflate works in zlib's thread pool; whatever else there is works at once.
   *
   * @returns a promise that rejects with what `compressMessage` throws
   */
  compressMessageLater(text: string): Promise<string>;
  /**
   * The message that {@link compressMessage} was given, character by character.
   *
   * @throws RoomcastError `INVALID_ENVELOPE` where it is anything else, damaged or cut short;
   * `MESSAGE_TOO_LARGE` where it declares more than `maxBytes` or `maxRatio` allow
   */
  decompressMessage(envelope: string): string;
  /**
   * Bytes in an envelope, compressed where that makes them smaller; never longer than the bytes and
   * 12 more. For carriers of binary messages, where it needs a quarter less than the text.
   *
   * @throws RoomcastError `MESSAGE_TOO_LARGE` above `maxBytes`
   */
  compressBytes(bytes: Uint8Array): Uint8Array;
  /**
   * The bytes that {@link compressBytes} was given, in memory of their own.
   *
   * @throws RoomcastError as {@link decompressMessage}
   */
  decompressBytes(envelope: Uint8Array): Uint8Array;
}

/**
 * The class: `new MessageCompressor(options)`, or its static methods, which are those of one
 * compressor with the default options.
 */
export interface MessageCompressorClass extends MessageCompressorInstance {
  /** @throws RoomcastError `INVALID_CONFIG` where an option cannot be used */
  new (options?: MessageCompressorOptions): MessageCompressorInstance;
  readonly prototype: MessageCompressorInstance;
}
