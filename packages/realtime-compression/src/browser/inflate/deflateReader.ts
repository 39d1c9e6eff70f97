/** Reads a deflate stream: bytes and numbers from their lowest bit on. */
export class DeflateReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #held = 0;
  #heldBits = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next number of `count` bits; at most 16. */
  read(count: number): number {
    const value = this.peek(count);
    this.skip(count);
    return value;
  }

  /** The next `count` bits without moving on, with zeros after the end of the stream. */
  peek(count: number): number {
    while (this.#heldBits < count) {
      this.#held |= (this.#bytes[this.#at++] ?? 0) << this.#heldBits;
      this.#heldBits += 8;
    }
    return this.#held & ((1 << count) - 1);
  }

  /** Moves on by bits that were peeked at. */
  skip(count: number): void {
    this.#held >>>= count;
    this.#heldBits -= count;
    if (this.#at - (this.#heldBits >> 3) > this.#bytes.length) throw new Error('it ends too early');
  }

  /** The next whole bytes, after the end of the current one. */
  take(count: number): Uint8Array {
    this.#at -= this.#heldBits >> 3;
    this.#held = 0;
    this.#heldBits = 0;
    const end = this.#at + count;
    if (end > this.#bytes.length) throw new Error('it ends too early');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
