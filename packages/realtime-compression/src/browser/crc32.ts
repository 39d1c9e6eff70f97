/** The polynomial of IEEE 802.3, lowest bit first. */
const polynomial = 0xedb88320;

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
  }
  return remainder;
});

/** CRC-32 as `node:zlib` has it, which browsers lack. */
export function crc32(bytes: Uint8Array, previous: number): number {
  let remainder = ~previous;
  // By index: an iterator is several times as slow.
  for (let at = 0; at < bytes.length; at++) {
    remainder = (remainder >>> 8) ^ (table[(remainder ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return ~remainder >>> 0;
}
