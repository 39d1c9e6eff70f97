const mask = Buffer.from([0x12, 0x34, 0x56, 0x78]);

/** What a frame of a WebSocket says of itself, true or not (RFC 6455, section 5.2). */
export interface FrameHead {
  /** @default 1, a text */
  readonly opcode?: number;
  /** @default true */
  readonly fin?: boolean;
  /** The three reserved bits, as a number from 0 to 7. @default 0 */
  readonly rsv?: number;
  /** @default true, as a client has to */
  readonly isMasked?: boolean;
  /** Bytes in which the length is written: 0, 2 or 8. @default the fewest that it needs */
  readonly lengthBytes?: 0 | 2 | 8;
  /** The length that is claimed. @default that of the payload */
  readonly length?: bigint;
}

/** One frame, byte for byte. */
export function webSocketFrame(payload: string | Buffer, head: FrameHead = {}): Buffer {
  const { fin = true, rsv = 0, isMasked = true } = head;
  const body = Buffer.from(payload);
  const opcode = head.opcode ?? (typeof payload === 'string' ? 1 : 2);
  const length = head.length ?? BigInt(body.length);
  const lengthBytes = head.lengthBytes ?? fewest(length);
  const extended = Buffer.alloc(lengthBytes);
  if (lengthBytes === 2) extended.writeUInt16BE(Number(length & 0xffffn));
  if (lengthBytes === 8) extended.writeBigUInt64BE(length);
  const short = { 0: Number(length), 2: 126, 8: 127 }[lengthBytes];
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const start = Buffer.from([first, (isMasked ? 0x80 : 0) | short]);
  if (!isMasked) return Buffer.concat([start, extended, body]);
  const masked = body.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([start, extended, mask, masked]);
}

function fewest(length: bigint): 0 | 2 | 8 {
  if (length < 126n) return 0;
  return length < 65_536n ? 2 : 8;
}

/** A close frame with a code and a reason. */
export function closeFrame(code: number, reason: string | Buffer = ''): Buffer {
  const payload = Buffer.concat([Buffer.alloc(2), Buffer.from(reason)]);
  payload.writeUInt16BE(code);
  return webSocketFrame(payload, { opcode: 8 });
}
