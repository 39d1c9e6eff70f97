import type { DeflateReader } from './deflateReader.ts';
import { HuffmanTable } from './huffmanTable.ts';

/** The two codes of a block: of bytes, lengths and the end; and of distances. */
export interface BlockCodes {
  readonly literals: HuffmanTable;
  readonly distances: HuffmanTable;
}

/** Below this a literal symbol is a byte; it is the end of the block; above, a length. */
export const endOfBlock = 256;

/** The order in which a block tells the lengths of the code that its codes are written in. */
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

let fixed: BlockCodes | null = null;

/** The codes of blocks that bring none. Made when first needed: few messages have such blocks. */
export function fixedCodes(): BlockCodes {
  if (fixed) return fixed;
  const lengthOf = (symbol: number) =>
    symbol < 144 ? 8 : symbol < endOfBlock ? 9 : symbol < 280 ? 7 : 8;
  const lengths = Uint8Array.from({ length: 288 }, (_, symbol) => lengthOf(symbol));
  fixed = {
    literals: new HuffmanTable(lengths),
    distances: new HuffmanTable(new Uint8Array(32).fill(5)),
  };
  return fixed;
}

/** The codes that a block brings (RFC 1951, 3.2.7). */
export function readCodes(reader: DeflateReader): BlockCodes {
  const literalCount = reader.read(5) + 257;
  const distanceCount = reader.read(5) + 1;
  const toldCount = reader.read(4) + 4;
  if (literalCount > 286 || distanceCount > 30) throw new Error('it has codes of more symbols');
  const lengths = new Uint8Array(lengthOrder.length);
  for (const symbol of lengthOrder.slice(0, toldCount)) lengths[symbol] = reader.read(3);
  const all = readLengths(reader, new HuffmanTable(lengths), literalCount + distanceCount);
  return {
    literals: new HuffmanTable(all.subarray(0, literalCount)),
    distances: new HuffmanTable(all.subarray(literalCount)),
  };
}

function readLengths(reader: DeflateReader, table: HuffmanTable, count: number): Uint8Array {
  const lengths = new Uint8Array(count);
  for (let at = 0; at < count; ) {
    const symbol = table.next(reader);
    if (symbol < 16) {
      lengths[at++] = symbol;
      continue;
    }
    const repeated = symbol === 16 ? lengths[at - 1] : 0;
    const times =
      symbol === 16 ? 3 + reader.read(2) : symbol === 17 ? 3 + reader.read(3) : 11 + reader.read(7);
    if (repeated === undefined || at + times > count) throw new Error('it repeats beyond its code');
    lengths.fill(repeated, at, at + times);
    at += times;
  }
  return lengths;
}
