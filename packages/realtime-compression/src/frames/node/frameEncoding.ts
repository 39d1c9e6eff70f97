import { crc32 } from 'node:zlib';
import {
  type BinaryFrameHeader,
  encodeBinaryFrame,
} from '@roomcast/realtime-contract/compressed-frames';
import { deflateBytes, deflateBytesLater } from './deflateFrame.ts';

/** A frame in binary. */
export interface CompressedFrame {
  /** The binary engine.io message, for everyone who gets this encoding: not to be changed. */
  readonly message: Uint8Array;
  /** Bytes of its text as UTF-8; their total over that of `message.length` is the ratio. */
  readonly textBytes: number;
}

/** One way to write a frame in binary: made when first asked for, and kept. */
export interface FrameEncoding {
  /**
   * The frame in binary, or null where it would not be smaller than its text by a tenth.
   *
   * It comes at once for texts of up to 3,072 bytes, and whenever it is made already. Otherwise it
   * is a promise, and made on zlib's thread pool; where that rejects, zlib got no memory.
   */
  encode(): CompressedFrame | null | Promise<CompressedFrame | null>;
  /** What {@link encode} came to, once it is there. */
  readonly made: CompressedFrame | null | undefined;
}

/**
 * A hostile text (two letters at random) costs up to 0.5 ms a KiB, and there are three encodings of
 * a frame: publishing may block the loop for 5 ms.
 */
const maxBytesAtOnce = 3_072;

/** The least that compressing must save, or the reader's work is not worth it. */
const minSavedShare = 0.1;

/**
 * @param text - as UTF-8
 * @param onCompressed - called once, unless it is not worth it
 */
export function createFrameEncoding(
  header: BinaryFrameHeader,
  text: Uint8Array,
  dictionary: Uint8Array | undefined,
  onCompressed: () => void = () => {},
): FrameEncoding {
  let made: CompressedFrame | null | undefined;
  let making: Promise<CompressedFrame | null> | undefined;

  function finish(body: Uint8Array): CompressedFrame | null {
    const message = encodeBinaryFrame({ ...header, body }, (checked) =>
      crc32(text, crc32(checked)),
    );
    const pays = message.length <= text.length * (1 - minSavedShare);
    made = pays ? { message, textBytes: text.length } : null;
    if (pays) onCompressed();
    return made;
  }

  return {
    get made() {
      return made;
    },
    encode() {
      if (made !== undefined) return made;
      if (text.length <= maxBytesAtOnce) return finish(deflateBytes(text, dictionary));
      making ??= deflateBytesLater(text, dictionary).then(finish);
      return making;
    },
  };
}
