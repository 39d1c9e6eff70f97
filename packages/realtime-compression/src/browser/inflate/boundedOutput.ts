/** How far back deflate can refer. */
const windowBytes = 32_768;

/** Bytes that refer to earlier ones, up to a limit. Takes memory as they come. */
export class BoundedOutput {
  readonly #limit: number;
  readonly #before: Uint8Array;
  #bytes: Uint8Array;
  #written = 0;

  /**
   * @param expected - how many bytes there may be; no more than a guess
   * @param dictionary - what can be referred to before there is anything else
   */
  constructor(limit: number, expected: number, dictionary: Uint8Array = new Uint8Array()) {
    this.#limit = limit;
    this.#before = dictionary.subarray(-windowBytes);
    this.#bytes = new Uint8Array(Math.min(limit, expected));
  }

  get length(): number {
    return this.#written;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#written);
  }

  push(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#written++] = byte;
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#written);
    this.#written += bytes.length;
  }

  /** Appends bytes from further back; what it appends may be part of them. */
  repeat(distance: number, length: number): void {
    this.#reserve(length);
    let from = this.#written - distance;
    if (from + this.#before.length < 0) throw new Error('it refers to before its beginning');
    const end = this.#written + length;
    for (; from < 0 && this.#written < end; from++) {
      this.#bytes[this.#written++] = this.#before[this.#before.length + from] ?? 0;
    }
    while (this.#written < end) this.#bytes[this.#written++] = this.#bytes[from++] ?? 0;
  }

  #reserve(length: number): void {
    const needed = this.#written + length;
    // Not as other errors: nothing is wrong with the stream but its size.
    if (needed > this.#limit) throw new RangeError('it makes more bytes than allowed');
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#bytes.length * 2)));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}
