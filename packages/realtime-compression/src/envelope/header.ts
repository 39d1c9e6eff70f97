import { invalidEnvelope } from './invalidEnvelope.ts';

/** What an envelope says about its body. */
export interface EnvelopeHeader {
  /** The codec's `id`. */
  readonly codec: number;
  /** Length of the original in bytes. */
  readonly length: number;
  /** See `checksumOf`. */
  readonly checksum: number;
}

/** Base64 without padding: 12 bytes are 16 characters. */
export const headerBytes = 12;
export const headerCharacters = 16;

/** Says what it is and in which version. Its base64 reads `RCE1`. */
const mark: readonly number[] = [0x44, 0x21, 0x35];

/** The bytes that the checksum covers. */
export const checkedHeaderBytes = 8;

/** mark (3 bytes), codec (1), length (4, highest byte first), checksum (4, the same). */
export function encodeHeader({ codec, length, checksum }: EnvelopeHeader): Uint8Array {
  const bytes = new Uint8Array(headerBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(mark);
  view.setUint8(3, codec);
  view.setUint32(4, length);
  view.setUint32(checkedHeaderBytes, checksum);
  return bytes;
}

/** @throws RoomcastError `INVALID_ENVELOPE` where there is none */
export function parseHeader(bytes: Uint8Array): EnvelopeHeader {
  if (bytes.length < headerBytes) throw invalidEnvelope('it is shorter than a header');
  if (mark.some((byte, at) => bytes[at] !== byte)) {
    throw invalidEnvelope('it does not begin with the mark of version 1');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  return {
    codec: view.getUint8(3),
    length: view.getUint32(4),
    checksum: view.getUint32(checkedHeaderBytes),
  };
}
