import type { Buffer } from 'node:buffer';

/** Not as a Buffer, whose `slice` shares memory and whose JSON is another. */
export function plainBytes(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
