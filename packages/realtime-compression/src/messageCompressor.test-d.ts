import type * as browser from './browser.ts';
import type * as node from './index.ts';
import { type Codec, MessageCompressor, type MessageCompressorClass } from './index.ts';

export const text: string = MessageCompressor.decompressMessage(
  MessageCompressor.compressMessage('text'),
);
export const bytes: Uint8Array = new MessageCompressor({ codec: 'deflate-raw' }).compressBytes(
  new Uint8Array(1),
);
/** The name is the type of an instance too. */
export const instance: MessageCompressor = new MessageCompressor();
export const ready: MessageCompressor = MessageCompressor;

/** One type for both platforms. */
export const forBrowsers: typeof browser.MessageCompressor extends MessageCompressorClass
  ? typeof node.MessageCompressor
  : never = MessageCompressor;

declare const codec: Codec;
export const own: MessageCompressor = new MessageCompressor({ codec });

// @ts-expect-error not a codec
new MessageCompressor({ codec: 'gzip' });
// @ts-expect-error bytes are not text
MessageCompressor.compressMessage(new Uint8Array(1));
// @ts-expect-error text is not bytes
MessageCompressor.compressBytes('text');
// @ts-expect-error a limit is a number
new MessageCompressor({ maxBytes: '1 MiB' });
