// The entry for browsers and all else that is not Node: they read frames and write none.
import { crc32 } from '../browser/crc32.ts';
import { inflateBounded } from '../browser/inflate/inflateBounded.ts';
import {
  createFrameReader as createReader,
  type FrameReader,
  type FrameReaderOptions,
} from './frameReader.ts';
import { createInflateFrame, type InflateFrame } from './inflateFrame.ts';

export type { FrameReader, FrameReaderOptions } from './frameReader.ts';
export type { InflateFrame, InflateFrameOptions } from './inflateFrame.ts';

/** Inflates with a bounded decoder of its own. */
export const inflateFrame: InflateFrame = createInflateFrame(inflateBounded);

/** A reader for one connection. */
export function createFrameReader(options?: FrameReaderOptions): FrameReader {
  return createReader({ inflate: inflateBounded, crc32 }, options);
}
