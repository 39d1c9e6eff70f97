import { type BlockCodes, endOfBlock, fixedCodes, readCodes } from './blockCodes.ts';
import { BoundedOutput } from './boundedOutput.ts';
import { DeflateReader } from './deflateReader.ts';

/** The shortest copies of each length symbol from 257 on, and what further bits add to them. */
const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];
const lengthBits = lengthBases.map((base, at) => (base === 258 || at < 8 ? 0 : (at - 4) >> 2));

/** The same for the distance symbols, whose bases follow from their bits. */
const distanceBits = Array.from({ length: 30 }, (_, symbol) => Math.max(0, (symbol - 2) >> 1));
const distanceBases = distanceBits.map((bits, symbol) =>
  symbol < 4 ? symbol + 1 : ((2 + (symbol & 1)) << bits) + 1,
);

/**
 * Codes cost more to read than anything else, and a hostile body may bring one after the other. An
 * honest one brings them for 128 bytes at least, which is how zlib writes with the least memory.
 */
const minBytesPerCode = 128;
const spareCodes = 16;

/**
 * Inflates at most `length` bytes (RFC 1951). Browsers have no inflate that answers at once, and
 * fflate's writes without a limit.
 *
 * @throws Error where the body is damaged or makes more
 */
export function inflateBounded(
  body: Uint8Array,
  length: number,
  dictionary?: Uint8Array,
): Uint8Array {
  const reader = new DeflateReader(body);
  const output = new BoundedOutput(length, dictionary);
  let codesLeft = spareCodes + length / minBytesPerCode;
  for (let isLast = false; !isLast; ) {
    isLast = reader.read(1) === 1;
    const type = reader.read(2);
    if (type === 0) output.append(readStored(reader));
    else if (type === 1) inflateBlock(reader, fixedCodes(), output);
    else if (type === 2) {
      if (--codesLeft < 0) throw new Error('it brings too many codes');
      inflateBlock(reader, readCodes(reader), output);
    } else throw new Error('it has a block of no type');
  }
  return output.bytes;
}

function readStored(reader: DeflateReader): Uint8Array {
  const [low = 0, high = 0, inverseLow = 0, inverseHigh = 0] = reader.take(4);
  if ((low ^ inverseLow) !== 0xff || (high ^ inverseHigh) !== 0xff) {
    throw new Error('it has a stored block without a length');
  }
  return reader.take(low | (high << 8));
}

function inflateBlock(reader: DeflateReader, codes: BlockCodes, output: BoundedOutput): void {
  for (;;) {
    const symbol = codes.literals.next(reader);
    if (symbol < endOfBlock) {
      output.push(symbol);
      continue;
    }
    if (symbol === endOfBlock) return;
    const length = readNumber(reader, symbol - endOfBlock - 1, lengthBases, lengthBits);
    const distance = codes.distances.next(reader);
    output.repeat(readNumber(reader, distance, distanceBases, distanceBits), length);
  }
}

function readNumber(
  reader: DeflateReader,
  symbol: number,
  bases: readonly number[],
  bits: readonly number[],
): number {
  const base = bases[symbol];
  if (base === undefined) throw new Error('it has a symbol of no number');
  return base + reader.read(bits[symbol] ?? 0);
}
