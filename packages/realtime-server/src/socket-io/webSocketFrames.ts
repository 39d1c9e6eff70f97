import type { EncodedMessage } from './encodeEvent.ts';

const prepared = new WeakMap<EncodedMessage, Buffer>();

/**
 * The bytes of a message on a WebSocket without extensions: one frame for each engine packet, from
 * the server, so unmasked (RFC 6455, section 5.2). Made once, however many connections get it.
 */
export function webSocketFrames(message: EncodedMessage): Buffer {
  const known = prepared.get(message);
  if (known) return known;
  const frames = message.map(frameOf);
  const [only] = frames;
  const bytes = frames.length === 1 && only ? only : Buffer.concat(frames);
  prepared.set(message, bytes);
  return bytes;
}

/** Engine.io marks a text message with "4" and sends a binary one as it is. */
function frameOf(packet: string | Buffer): Buffer {
  const isText = typeof packet === 'string';
  const text = isText ? `4${packet}` : '';
  const length = isText ? Buffer.byteLength(text) : packet.length;
  const headerLength = headerLengthOf(length);
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = 0x80 | (isText ? 1 : 2);
  if (headerLength === 2) frame[1] = length;
  else if (headerLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  if (isText) frame.write(text, headerLength);
  else packet.copy(frame, headerLength);
  return frame;
}

function headerLengthOf(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}
