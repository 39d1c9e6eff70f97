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
    if (this.#unread() < 0) throw new Error('it ends too early');
  }

  /** The next whole bytes, after the end of the current one. */
  take(count: number): Uint8Array {
    const start = this.#bytes.length - this.#unread();
    this.#at = start + count;
    this.#held = 0;
    this.#heldBits = 0;
    if (this.#unread() < 0) throw new Error('it ends too early');
    return this.#bytes.subarray(start, this.#at);
  }

  /** @throws Error where bytes come behind the current one */
  assertEnd(): void {
    if (this.#unread() > 0) throw new Error('it goes on behind its end');
  }

  /** How many bytes come behind the current one; negative where it is behind the end itself. */
  #unread(): number {
    return this.#bytes.length - this.#at + (this.#heldBits >> 3);
  }
}
