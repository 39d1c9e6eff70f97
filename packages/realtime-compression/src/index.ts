// The entry for Node. `browser.ts` exports the same.
import { defineMessageCompressor } from './defineMessageCompressor.ts';
import type { MessageCompressorClass, MessageCompressorInstance } from './messageCompressor.ts';
import { nodePlatform } from './node/nodePlatform.ts';

export type { Codec } from './codecs/codec.ts';
export type { CodecName, MessageCompressorOptions } from './compressorOptions.ts';
export type { MessageCompressorClass, MessageCompressorInstance } from './messageCompressor.ts';

/** Compresses with node:zlib where it deflates. */
export const MessageCompressor: MessageCompressorClass = defineMessageCompressor(nodePlatform);
export type MessageCompressor = MessageCompressorInstance;
