/** One way to make bytes smaller. A codec holds no state between calls. */
export interface Codec {
  /** For messages and tables, such as `deflate-raw`. */
  readonly name: string;
  /** Its number in an envelope. 0 to 127 are Roomcast's; a codec of your own takes 128 to 255. */
  readonly id: number;
  /**
   * The longest original that it takes, in bytes: longer ones are written with deflate, and refused
   * when read. For codecs whose cost grows faster than their input.
   * @default no limit of its own
   */
  readonly maxBytes?: number;
  /** The body for these bytes. The bytes are not empty, and must not be changed. */
  encode(bytes: Uint8Array): Uint8Array;
  /**
   * The same body, made without blocking the loop for long.
   * @default `encode`
   */
  encodeLater?(bytes: Uint8Array): Promise<Uint8Array>;
  /**
   * The original of a body from the wire, in new memory.
   *
   * It counts what it writes and stops at `length`: a hostile body costs no more than an honest one.
   *
   * @param length - how many bytes the envelope declares; at least 1
   * @throws Error where the body is damaged, or does not make exactly `length` bytes
   */
  decode(body: Uint8Array, length: number): Uint8Array;
  /**
   * Makes a body at least `minBytes` long without changing what it decodes to. A reader refuses a
   * message that grows by more than its `maxRatio`, and this brings the most uniform ones under it.
   * @default such messages are written with deflate
   */
  pad?(body: Uint8Array, minBytes: number): Uint8Array;
}
