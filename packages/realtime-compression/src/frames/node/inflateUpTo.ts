import { inflateRawSync, type ZlibOptions } from 'node:zlib';
import { plainBytes } from '../../node/plainBytes.ts';
import type { InflateUpTo } from '../inflateFrame.ts';

/** As much as text usually grows, within what zlib takes and what a short frame is worth. */
const expectedRatio = 4;
const chunkBytes = { min: 256, max: 65_536 };

export const inflateUpTo: InflateUpTo = (body, maxBytes, dictionary) => {
  // A change of a text makes a text as long as the one before.
  const expected = Math.max(body.length * expectedRatio, dictionary?.length ?? 0, chunkBytes.min);
  const { buffer, engine } = inflateWithInfo(body, {
    maxOutputLength: maxBytes,
    chunkSize: Math.min(expected, chunkBytes.max),
    ...(dictionary && { dictionary }),
  });
  if (engine.bytesWritten < body.length) throw new Error('it has bytes behind its end');
  return plainBytes(buffer);
};

/** The types of Node leave out what `info` makes it return. */
const inflateWithInfo = (body: Uint8Array, options: ZlibOptions) =>
  inflateRawSync(body, { ...options, info: true }) as unknown as {
    readonly buffer: Buffer;
    readonly engine: { readonly bytesWritten: number };
  };
