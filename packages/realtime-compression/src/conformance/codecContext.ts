import type { Codec } from '../codecs/codec.ts';
import type { MessageCompressorOptions } from '../compressorOptions.ts';
import type { MessageCompressorClass, MessageCompressorInstance } from '../messageCompressor.ts';

/** Of the ids that are free for codecs of one's own. */
const id = 255;

/** What a case works with: the codec, and compressors that write with it. */
export class CodecContext {
  readonly codec: Codec;
  /** With no limit beyond the defaults, and compressing from the first byte on. */
  readonly compressor: MessageCompressorInstance;
  readonly refusalMs: number;
  readonly #Compressor: MessageCompressorClass;

  constructor(codec: Codec, Compressor: MessageCompressorClass, refusalMs: number) {
    this.codec = codec;
    this.refusalMs = refusalMs;
    this.#Compressor = Compressor;
    this.compressor = this.createCompressor({ thresholdBytes: 0 });
  }

  readonly createCompressor = (options: MessageCompressorOptions): MessageCompressorInstance => {
    const { codec } = this;
    const own: Codec = {
      name: codec.name,
      id,
      encode: (bytes) => codec.encode(bytes),
      decode: (body, length) => codec.decode(body, length),
      ...(codec.maxBytes !== undefined && { maxBytes: codec.maxBytes }),
      ...(codec.pad && { pad: (body: Uint8Array, min: number) => codec.pad?.(body, min) ?? body }),
    };
    return new this.#Compressor({ ...options, codec: own });
  };

  /** As many of these bytes as the codec takes. */
  readonly within = (bytes: Uint8Array): Uint8Array =>
    bytes.subarray(0, this.codec.maxBytes ?? bytes.length);
}
