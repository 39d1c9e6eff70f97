import { identity } from '../codecs/identity.ts';
import type { Platform } from '../platform.ts';
import { checkedHeaderBytes, type EnvelopeHeader, encodeHeader } from './header.ts';

/**
 * CRC-32 over the header before it, the original and, where that is another thing, the body.
 *
 * The original, because a decoder makes something of most damaged bodies, and something wrong of a
 * sound one with another dictionary. The body, because some of its bits change nothing.
 */
export function checksumOf(
  header: Omit<EnvelopeHeader, 'checksum'>,
  original: Uint8Array,
  body: Uint8Array,
  platform: Platform,
): number {
  const checked = encodeHeader({ ...header, checksum: 0 }).subarray(0, checkedHeaderBytes);
  const soFar = platform.crc32(original, platform.crc32(checked, 0));
  return header.codec === identity.id ? soFar : platform.crc32(body, soFar);
}
