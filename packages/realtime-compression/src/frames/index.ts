// The entry for Node: it writes frames too. `browser.ts` exports what reads them.
import { crc32 } from 'node:zlib';
import {
  createFrameReader as createReader,
  type FrameReader,
  type FrameReaderOptions,
} from './frameReader.ts';
import { createInflateFrame, type InflateFrame } from './inflateFrame.ts';
import { inflateUpTo } from './node/inflateUpTo.ts';

export type { FrameReader, FrameReaderOptions } from './frameReader.ts';
export type { InflateFrame, InflateFrameOptions } from './inflateFrame.ts';
export { type CompressFrameOptions, compressFrame } from './node/compressFrame.ts';
export { type DeflateFrameOptions, deflateFrame } from './node/deflateFrame.ts';
export type { CompressedFrame, FrameEncoding } from './node/frameEncoding.ts';
export { type RoomEncodings, RoomFrames } from './node/roomFrames.ts';

/** Inflates with node:zlib. */
export const inflateFrame: InflateFrame = createInflateFrame(inflateUpTo);

/** A reader for one connection. */
export function createFrameReader(options?: FrameReaderOptions): FrameReader {
  return createReader({ inflate: inflateUpTo, crc32 }, options);
}
