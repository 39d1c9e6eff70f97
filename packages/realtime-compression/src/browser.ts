// The entry for browsers and all else that is not Node. `index.ts` exports the same.
import { browserPlatform } from './browser/browserPlatform.ts';
import { defineMessageCompressor } from './defineMessageCompressor.ts';
import type { MessageCompressorClass, MessageCompressorInstance } from './messageCompressor.ts';

export type { Codec } from './codecs/codec.ts';
export type { CodecName, MessageCompressorOptions } from './compressorOptions.ts';
export type { MessageCompressorClass, MessageCompressorInstance } from './messageCompressor.ts';

/** Compresses with fflate where it deflates. */
export const MessageCompressor: MessageCompressorClass = defineMessageCompressor(browserPlatform);
export type MessageCompressor = MessageCompressorInstance;
