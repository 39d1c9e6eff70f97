/** The numbers below are not those of phrases. */
export const firstPhrase = 3;

/**
 * The phrases of lz-string while a body is read. Each is a place in the output, because it is an
 * earlier phrase and the byte that followed it there.
 */
export class LzPhrases {
  /** How many bits the next token has: enough for the number of the phrase that it completes. */
  tokenBits = 2;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #count = firstPhrase;
  #leftAtThisWidth = 1;

  /** @param length - of the whole output: each of its bytes can complete one phrase */
  constructor(length: number) {
    // Besides, each of the 256 bytes is introduced once.
    this.#starts = new Int32Array(firstPhrase + length + 256);
    this.#ends = new Int32Array(this.#starts.length);
  }

  get count(): number {
    return this.#count;
  }

  add(start: number, end: number): void {
    if (this.#count === this.#starts.length) throw new Error('a byte is introduced twice');
    this.#starts[this.#count] = start;
    this.#ends[this.#count++] = end;
    this.#leftAtThisWidth--;
    if (this.#leftAtThisWidth > 0) return;
    this.#leftAtThisWidth = 2 ** this.tokenBits;
    this.tokenBits++;
  }

  startOf(phrase: number): number {
    return this.#starts[phrase] ?? 0;
  }

  endOf(phrase: number): number {
    return this.#ends[phrase] ?? 0;
  }
}
