/**
 * A WebSocket frame of a server.
 *
 * @param first - its first byte: the bits FIN and RSV1 to RSV3, and the opcode
 * @param data - the bytes that its payload is in, from `start` to `end`; they are overwritten later
 */
export type FrameListener = (first: number, data: Buffer, start: number, end: number) => void;

/** The longest header of an unmasked frame. */
const maxHeaderBytes = 10;

/**
 * Finds the frames in what a server sends (RFC 6455, section 5.2), and does nothing else: a load has
 * to be lighter than what it measures.
 *
 * @returns takes the next bytes: the first `length` of `data`
 */
export function createFrameScanner(onFrame: FrameListener): (data: Buffer, length: number) => void {
  let rest: Buffer | null = null;

  return (chunk, length) => {
    const data: Buffer = rest ? Buffer.concat([rest, chunk.subarray(0, length)]) : chunk;
    const end = rest ? data.length : length;
    let at = 0;
    while (at + 2 <= end) {
      const first = data.readUInt8(at);
      const short = data.readUInt8(at + 1);
      if (short > 127) throw new Error('A server must not mask its frames.');
      if (short > 125 && at + maxHeaderBytes > end) break;
      const start = at + (short < 126 ? 2 : short === 126 ? 4 : maxHeaderBytes);
      const frameEnd = start + payloadLength(data, at, short);
      if (frameEnd > end) break;
      onFrame(first, data, start, frameEnd);
      at = frameEnd;
    }
    rest = at < end ? Buffer.from(data.subarray(at, end)) : null;
  };
}

function payloadLength(data: Buffer, at: number, short: number): number {
  if (short < 126) return short;
  return short === 126 ? data.readUInt16BE(at + 2) : data.readUIntBE(at + 4, 6);
}
