/** How far back deflate can refer. */
const windowBytes = 32_768;

/** Bytes that refer to earlier ones, up to a limit. */
export class BoundedOutput {
  readonly #limit: number;
  readonly #bytes: Uint8Array;
  readonly #before: Uint8Array;
  #written = 0;

  /** @param dictionary - what can be referred to before there is anything else */
  constructor(limit: number, dictionary: Uint8Array = new Uint8Array()) {
    this.#limit = limit;
    this.#bytes = new Uint8Array(limit);
    this.#before = dictionary.subarray(-windowBytes);
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
    if (this.#written + length > this.#limit) throw new Error('it makes more bytes than declared');
  }
}
