import { BitReader } from './bitReader.ts';
import { firstPhrase, LzPhrases } from './lzPhrases.ts';

/** What a token of lz-string's means where it is not the number of a phrase. */
const tokens = { byte: 0, wideCharacter: 1, end: 2 } as const;

/**
 * The bytes of a body in lz-string's binary form.
 *
 * lz-string's own decoder gathers strings without a limit: a body of 32 kB can grow to 193 MB. Here
 * decoding is copying from the output to the output, and ends where that is full.
 *
 * @throws Error where the body is damaged, or does not make exactly `length` bytes
 */
export function decodeLzString(body: Uint8Array, length: number): Uint8Array {
  const reader = new BitReader(body);
  const phrases = new LzPhrases(length);
  const output = new Uint8Array(length);
  let written = 0;
  let previousStart = 0;

  for (;;) {
    const token = reader.read(phrases.tokenBits);
    if (token === tokens.end) break;
    const start = written;
    if (token === tokens.byte) {
      if (start === length) throw new Error('it makes more bytes than declared');
      output[written++] = reader.read(8);
      phrases.add(start, written);
    } else {
      const { from, to } = placeOf(token, phrases, previousStart, start);
      if (start + to - from > length) throw new Error('it makes more bytes than declared');
      // Byte by byte: a phrase may end in the byte that is being written.
      for (let at = from; at < to; at++) output[written++] = output[at] ?? 0;
    }
    // Each token but the first completes a phrase: the previous token's bytes and one more.
    if (start > 0) phrases.add(previousStart, start + 1);
    previousStart = start;
  }
  if (written < length) throw new Error('it makes fewer bytes than declared');
  return output;
}

/** Where in the output the bytes of a token stand, or are about to. */
function placeOf(
  token: number,
  phrases: LzPhrases,
  previousStart: number,
  written: number,
): { from: number; to: number } {
  // The phrase that this token itself completes: the previous bytes, and their first one again.
  if (token === phrases.count && written > 0) return { from: previousStart, to: written + 1 };
  if (token < firstPhrase || token >= phrases.count) throw new Error('it names no phrase');
  return { from: phrases.startOf(token), to: phrases.endOf(token) };
}
