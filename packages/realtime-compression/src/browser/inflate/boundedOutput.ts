/** How far back deflate can refer. */
const windowBytes = 32_768;

/** Copies from here on are made by the engine, which is slower to begin and faster to go on. */
const longCopy = 32;

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
    this.#bytes = new Uint8Array(this.#sizeFor(expected));
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
    this.#copyTo(end, from);
  }

  /** Hostile bodies are nothing but long copies, most of them of the one byte before. */
  #copyTo(end: number, from: number): void {
    const bytes = this.#bytes;
    let at = this.#written;
    this.#written = end;
    if (from === at - 1) {
      bytes.fill(bytes[from] ?? 0, at, end);
      return;
    }
    if (at - from >= longCopy && end - at >= longCopy) {
      // Where it repeats what it has just written, each copy is as long as all before it.
      for (; at < end; at = Math.min(end, 2 * at - from)) {
        bytes.copyWithin(at, from, Math.min(at, from + end - at));
      }
      return;
    }
    while (at < end) bytes[at++] = bytes[from++] ?? 0;
  }

  #reserve(length: number): void {
    const needed = this.#written + length;
    // Not as other errors: nothing is wrong with the stream but its size.
    if (needed > this.#limit) throw new RangeError('it makes more bytes than allowed');
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(this.#sizeFor(needed * 4));
    larger.set(this.bytes);
    this.#bytes = larger;
  }

  /** All that it takes one after the other stays below the limit and two thirds of that. */
  #sizeFor(wanted: number): number {
    return wanted > this.#limit / 2 ? this.#limit : wanted;
  }
}
