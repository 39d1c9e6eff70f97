import { deflateSync } from 'fflate';
import { toLatin1 } from '../codecs/latin1.ts';
import type { Platform } from '../platform.ts';
import { crc32 } from './crc32.ts';
import { inflateBounded } from './inflate/inflateBounded.ts';

export const browserPlatform: Platform = {
  crc32,
  toBase64: (bytes) => btoa(toLatin1(bytes)),
  fromBase64(text) {
    const characters = atob(text);
    const bytes = new Uint8Array(characters.length);
    for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
    return bytes;
  },
  deflate: (bytes, level, dictionary) =>
    deflateSync(bytes, { level, ...(dictionary && { dictionary }) }),
  inflate: inflateBounded,
};
