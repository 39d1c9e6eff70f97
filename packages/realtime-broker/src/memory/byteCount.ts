/** A sum of bytes, which may be part of a larger sum. */
export class ByteCount {
  readonly #larger: ByteCount | null;
  #bytes = 0;

  constructor(larger: ByteCount | null = null) {
    this.#larger = larger;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @param change - less than 0 for bytes that are gone */
  add(change: number): void {
    this.#bytes += change;
    this.#larger?.add(change);
  }
}
