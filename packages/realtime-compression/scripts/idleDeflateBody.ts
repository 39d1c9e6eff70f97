/** Bits from the lowest on, as deflate has them. */
class BitWriter {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
  }

  write(value: number, bits: number): void {
    for (let bit = 0; bit < bits; bit++, this.at++) {
      const byte = this.at >> 3;
      this.bytes[byte] = (this.bytes[byte] ?? 0) | (((value >> bit) & 1) << (this.at & 7));
    }
  }
}

/** The order of the lengths in a block's header (RFC 1951, 3.2.7), up to symbol 1. */
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1];

/** A body of so many bytes that brings code after code and makes nothing of them: the costliest. */
export function idleDeflateBody(bodyBytes: number): Uint8Array {
  const writer = new BitWriter(bodyBytes);
  const blockBits = 91;
  while (writer.at + blockBits < bodyBytes * 8) writeIdleBlock(writer);
  return writer.bytes;
}

function writeIdleBlock(writer: BitWriter): void {
  writer.write(0b100, 3);
  writer.write(0, 10);
  writer.write(lengthOrder.length - 4, 4);
  for (const symbol of lengthOrder) writer.write(symbol === 18 || symbol === 1 ? 1 : 0, 3);
  // Symbols 0 and 256 have one bit, and the 255 in between none; the one distance has one.
  writer.write(0, 1);
  for (const zeros of [138, 117]) {
    writer.write(1, 1);
    writer.write(zeros - 11, 7);
  }
  writer.write(0, 2);
  writer.write(1, 1);
}
