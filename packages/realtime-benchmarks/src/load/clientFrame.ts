/** What a client sends as text, or as the answer to a ping: the opcodes of RFC 6455. */
export const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** The key that changes nothing: what masking is for are proxies, and there are none here. */
const maskBytes = [0, 0, 0, 0];

/** A WebSocket frame of a client, which has to be masked. */
export function clientFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  if (length > 0xffff) throw new Error('The load has nothing as long as that to say.');
  const size = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...size, ...maskBytes]), payload]);
}
