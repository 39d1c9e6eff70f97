import type { EncodedMessage } from './encodeEvent.ts';

const prepared = new WeakMap<EncodedMessage, Buffer>();

/**
 * The bytes of a message on a WebSocket without extensions: one frame for each engine packet, from
 * the server, so unmasked (RFC 6455, section 5.2). Made once, however many connections get it.
 */
export function webSocketFrames(message: EncodedMessage): Buffer {
  const known = prepared.get(message);
  if (known) return known;
  const frames = Buffer.concat(message.flatMap(frameOf));
  prepared.set(message, frames);
  return frames;
}

/** Engine.io marks a text message with "4" and sends a binary one as it is. */
function frameOf(packet: string | Buffer): Buffer[] {
  const isText = typeof packet === 'string';
  const payload = isText ? Buffer.from(`4${packet}`) : packet;
  return [headerOf(isText ? 1 : 2, payload.length), payload];
}

function headerOf(opcode: number, length: number): Buffer {
  const firstByte = 0x80 | opcode;
  if (length < 126) return Buffer.from([firstByte, length]);
  if (length < 65_536) return Buffer.from([firstByte, 126, length >> 8, length & 0xff]);
  const header = Buffer.alloc(10);
  header[0] = firstByte;
  header[1] = 127;
  header.writeUIntBE(length, 4, 6);
  return header;
}
