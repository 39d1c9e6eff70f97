import { Buffer } from 'node:buffer';
import { createFrameEncoding, type FrameEncoding } from './frameEncoding.ts';

/** When and how a frame is compressed. */
export interface CompressFrameOptions {
  /**
   * The dictionary of the contract, where `dictionary:<id>` was agreed.
   * @default none
   */
  readonly dictionary?: Uint8Array;
  /**
   * Shorter texts are not compressed, in bytes of UTF-8.
   * @default 128 with a dictionary, 1_024 without
   */
  readonly thresholdBytes?: number;
}

/**
 * A frame that does not belong to the sequence of its room, such as a page of a replay; null where
 * it is too short to be compressed.
 */
export function compressFrame(
  text: string,
  options: CompressFrameOptions = {},
): FrameEncoding | null {
  const bytes = bytesToCompress(text, options);
  if (!bytes) return null;
  const codec = options.dictionary ? 'dictionary' : 'deflate';
  return createFrameEncoding({ codec }, bytes, options.dictionary);
}

/** A text as UTF-8, or null where it is below the threshold. */
export function bytesToCompress(
  text: string,
  { dictionary, thresholdBytes = dictionary ? 128 : 1_024 }: CompressFrameOptions,
): Uint8Array | null {
  // Counted only where that decides: UTF-8 has no fewer bytes than the text has code units.
  const isLong = text.length >= thresholdBytes || Buffer.byteLength(text) >= thresholdBytes;
  return isLong ? Buffer.from(text) : null;
}
