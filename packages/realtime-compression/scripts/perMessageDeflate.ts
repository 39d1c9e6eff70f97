import { constants, createDeflateRaw } from 'node:zlib';

/** What a flush ends with, and `ws` leaves out. */
const flushBytes = 4;

/**
 * What perMessageDeflate of `ws` makes of each text, in bytes without the header of WebSocket: with
 * the options that zlib has by default, and with or without what it remembers of the texts before.
 */
export async function perMessageDeflate(
  texts: readonly string[],
  contextTakeover: boolean,
): Promise<number[]> {
  const stream = createDeflateRaw();
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const sizes: number[] = [];
  for (const text of texts) {
    const before = bytes;
    stream.write(text);
    await new Promise<void>((resolve) => stream.flush(constants.Z_SYNC_FLUSH, resolve));
    sizes.push(bytes - before - flushBytes);
    if (!contextTakeover) stream.reset();
  }
  stream.close();
  return sizes;
}
