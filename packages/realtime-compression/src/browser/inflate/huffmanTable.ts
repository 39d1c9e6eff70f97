import type { DeflateReader } from './deflateReader.ts';

/** The longest code that deflate has. */
const maxBits = 15;

/** A code of deflate: symbols told apart by bits of different number (RFC 1951, 3.2.2). */
export class HuffmanTable {
  /** For each sequence of bits, first bit lowest: 16 times the symbol, plus its number of bits. */
  readonly #entries: Uint16Array;
  readonly #bits: number;

  /**
   * @param lengths - the number of bits of each symbol; 0 where it does not occur
   * @throws Error where no code has such lengths
   */
  constructor(lengths: Uint8Array) {
    this.#bits = lengths.reduce((longest, length) => Math.max(longest, length), 1);
    this.#entries = new Uint16Array(1 << this.#bits);
    let code = 0;
    for (let length = 1; length <= this.#bits; length++, code <<= 1) {
      for (let symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] === length) this.#fill(code++, length, symbol);
      }
    }
    // One that is alone takes a bit all the same, and then the other value of it means nothing.
    if (this.#bits > 1 && code !== 2 << this.#bits) throw new Error('it has a code with gaps');
  }

  next(reader: DeflateReader): number {
    const entry = this.#entries[reader.peek(this.#bits)] ?? 0;
    if (entry === 0) throw new Error('it has bits of no symbol');
    reader.skip(entry & maxBits);
    return entry >> 4;
  }

  /** Whatever follows the code's bits, they mean this symbol. */
  #fill(code: number, length: number, symbol: number): void {
    if (code >> length) throw new Error('it has more symbols than fit its code');
    let first = 0;
    for (let bit = 0; bit < length; bit++) first |= ((code >> bit) & 1) << (length - 1 - bit);
    const entry = (symbol << 4) | length;
    for (let at = first; at < this.#entries.length; at += 1 << length) this.#entries[at] = entry;
  }
}
