import { describe, expect, it } from 'vitest';
import { createFrameScanner } from './frameScanner.ts';

/** An unmasked frame with the opcode of a text. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = 0x81;
  header[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (header.length === 4) header.writeUInt16BE(length, 2);
  if (header.length === 10) header.writeUIntBE(length, 4, 6);
  return Buffer.concat([header, payload]);
}

/** What is found in bytes that come in chunks, all of them in the same memory. */
function scan(bytes: Buffer, chunkBytes: number): string[] {
  const found: string[] = [];
  const take = createFrameScanner((first, data, start, end) => {
    expect(first).toBe(0x81);
    found.push(data.toString('utf8', start, end));
  });
  const memory = Buffer.alloc(chunkBytes);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    take(memory, bytes.copy(memory, 0, at, at + chunkBytes));
  }
  return found;
}

describe('a frame scanner', () => {
  const short = [0, 1, 125, 126, 127, 300];
  const long = [...short, 65_535, 65_536, 70_000];
  const framesOf = (lengths: readonly number[]) =>
    Buffer.concat(lengths.map((length) => textFrame('x'.repeat(length))));

  it.each([
    [1, short],
    [2, short],
    [3, short],
    [7, short],
    [125, short],
    [4_096, long],
    [65_536, long],
    [1_000_000, long],
  ])('finds frames in chunks of %i bytes', (chunkBytes, lengths) => {
    expect(scan(framesOf(lengths), chunkBytes).map(({ length }) => length)).toEqual(lengths);
  });

  it('keeps what has not come to its end', () => {
    expect(scan(framesOf(long).subarray(0, -1), 1_000)).toHaveLength(long.length - 1);
  });

  it('refuses what a server must not send', () => {
    const take = createFrameScanner(() => {});
    expect(() => take(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 65]), 7)).toThrow('must not mask');
  });
});
