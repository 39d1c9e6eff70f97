import { type BlockCodes, endOfBlock, fixedCodes, readCodes } from './blockCodes.ts';
import { BoundedOutput } from './boundedOutput.ts';
import { DeflateReader } from './deflateReader.ts';

/** What further bits add to the length symbols from 257 on, and the shortest copies of each. */
const lengthBits = Array.from({ length: 29 }, (_, at) => (at < 8 || at > 27 ? 0 : (at - 4) >> 2));
const lengthBases = lengthBits.map((bits, at) =>
  at < 8 ? at + 3 : at > 27 ? 258 : ((4 + (at & 3)) << bits) + 3,
);

/** The same for the distance symbols. */
const distanceBits = Array.from({ length: 30 }, (_, at) => Math.max(0, (at - 2) >> 1));
const distanceBases = distanceBits.map((bits, at) =>
  at < 4 ? at + 1 : ((2 + (at & 1)) << bits) + 1,
);

/**
 * Codes cost more to read than anything else, and a hostile body may bring one after the other. An
 * honest one brings them for 127 bytes at least, which is how zlib writes with the least memory.
 */
const minBytesPerCode = 127;
const spareCodes = 16;

/** As much as text usually grows. */
const expectedRatio = 4;

/**
 * Inflates at most `maxBytes` (RFC 1951). Browsers have no inflate that answers at once, and
 * fflate's writes without a limit.
 *
 * @throws Error where the body is damaged; RangeError where it makes more
 */
export function inflateBounded(
  body: Uint8Array,
  maxBytes: number,
  dictionary?: Uint8Array,
): Uint8Array {
  const reader = new DeflateReader(body);
  const output = new BoundedOutput(maxBytes, body.length * expectedRatio, dictionary);
  let codes = 0;
  for (let isLast = false; !isLast; ) {
    isLast = reader.read(1) === 1;
    const type = reader.read(2);
    if (type === 0) output.append(readStored(reader));
    else if (type === 1) inflateBlock(reader, fixedCodes(), output);
    else if (type === 2) {
      // Counted against what has come of them so far, so that they need not be read to be refused.
      if (codes++ > spareCodes + output.length / minBytesPerCode) {
        throw new Error('it brings too many codes');
      }
      inflateBlock(reader, readCodes(reader), output);
    } else throw new Error('it has a block of no type');
  }
  reader.assertEnd();
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
