import { constants, deflateRawSync } from 'node:zlib';

/** Ends a deflate stream: a last block of no bytes. */
const lastBlock = [0x01, 0x00, 0x00, 0xff, 0xff];

/** A sound deflate body of about so many bytes, of which each makes about 1,000. */
export function deflateBomb(bodyBytes: number): Uint8Array {
  const piece = deflateRawSync(new Uint8Array(900_000), {
    level: 9,
    finishFlush: constants.Z_FULL_FLUSH,
  });
  const pieces = Math.max(1, Math.round(bodyBytes / piece.length));
  const body = new Uint8Array(pieces * piece.length + lastBlock.length);
  for (let index = 0; index < pieces; index++) body.set(piece, index * piece.length);
  body.set(lastBlock, pieces * piece.length);
  return body;
}

/** A sound lz-string body of so many bytes: each phrase is the one before and a letter more. */
export function lzStringBomb(bodyBytes: number): Uint8Array {
  const body = new Uint8Array(bodyBytes);
  let at = 0;
  const write = (value: number, bits: number) => {
    for (let bit = 0; bit < bits; bit++, at++) {
      const byte = at >> 3;
      body[byte] = (body[byte] ?? 0) | (((value >> bit) & 1) << (7 - (at & 7)));
    }
  };
  write(0, 2);
  write('a'.charCodeAt(0), 8);
  const bitsOf = (next: number) => Math.max(3, 32 - Math.clz32(next));
  let phrase = 4;
  for (; at + 2 * bitsOf(phrase) <= bodyBytes * 8; phrase++) write(phrase, bitsOf(phrase));
  write(2, bitsOf(phrase));
  return body;
}
