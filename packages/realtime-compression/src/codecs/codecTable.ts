import { RoomcastError } from '@roomcast/realtime-contract';
import type { ResolvedCompressorOptions } from '../compressorOptions.ts';
import type { Platform } from '../platform.ts';
import type { Codec } from './codec.ts';
import { createDeflateRaw } from './deflateRaw.ts';
import { identity } from './identity.ts';
import { createLzString } from './lzString.ts';

/** The codecs of one compressor. */
export interface CodecTable {
  /** What to write with, the first that fits. */
  readonly writers: readonly Codec[];
  /** What to read with, by `id`. */
  readonly readers: ReadonlyMap<number, Codec>;
}

/** The ids from here on are the users'. */
const firstOwnId = 128;

/** @throws RoomcastError `INVALID_CONFIG` where the codec cannot be used */
export function createCodecTable(
  { codec, dictionary, lzStringMaxBytes }: ResolvedCompressorOptions,
  platform: Platform,
): CodecTable {
  const lzString = createLzString(lzStringMaxBytes);
  const deflates = [createDeflateRaw(platform)];
  if (dictionary) deflates.unshift(createDeflateRaw(platform, dictionary));
  const preferred = {
    identity: [identity],
    'lz-string': [lzString, ...deflates],
    'deflate-raw': deflates,
  };
  const known = [identity, lzString, ...deflates];
  if (typeof codec === 'object') {
    assertOwn(codec);
    return { writers: [codec, ...deflates], readers: byId([...known, codec]) };
  }
  const writers = Object.hasOwn(preferred, codec) ? preferred[codec] : undefined;
  if (!writers) {
    const names = Object.keys(preferred).join(', ');
    throw new RoomcastError(
      'INVALID_CONFIG',
      `Expected \`codec\` to be one of ${names} or a codec, got \`${codec}\`.`,
    );
  }
  return { writers, readers: byId(known) };
}

function byId(codecs: readonly Codec[]): ReadonlyMap<number, Codec> {
  return new Map(codecs.map((codec) => [codec.id, codec]));
}

function assertOwn({ id }: Codec): void {
  if (Number.isInteger(id) && id >= firstOwnId && id <= 255) return;
  throw new RoomcastError(
    'INVALID_CONFIG',
    `Expected the \`id\` of a codec to be a whole number from ${firstOwnId} to 255, got \`${id}\`.`,
  );
}
