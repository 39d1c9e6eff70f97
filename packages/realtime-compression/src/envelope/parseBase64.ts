import type { Platform } from '../platform.ts';
import { invalidEnvelope } from './invalidEnvelope.ts';

const form = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * The bytes of base64 in the one form that we write: decoders overlook foreign characters, missing
 * padding and the last bits, and so would overlook damage there.
 *
 * @throws RoomcastError `INVALID_ENVELOPE`
 */
export function parseBase64(text: string, platform: Platform): Uint8Array {
  const bytes = form.test(text) ? attempt(() => platform.fromBase64(text)) : null;
  if (!bytes || !endsAsWritten(text, bytes, platform)) throw invalidEnvelope('it is not base64');
  return bytes;
}

/** To write all of it once more would take longer than to read it. */
function endsAsWritten(text: string, bytes: Uint8Array, { toBase64 }: Platform): boolean {
  const end = bytes.subarray(bytes.length - (bytes.length % 3 || 3));
  return text.length % 4 === 0 && toBase64(end) === text.slice(-4);
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
