import type { Platform } from '../platform.ts';
import { invalidEnvelope } from './invalidEnvelope.ts';

/**
 * The bytes of base64 in the one form that we write: decoders overlook foreign characters, missing
 * padding and the last bits, and so would overlook damage there.
 *
 * @throws RoomcastError `INVALID_ENVELOPE`
 */
export function parseBase64(text: string, platform: Platform): Uint8Array {
  const bytes = attempt(() => platform.fromBase64(text));
  if (!bytes || platform.toBase64(bytes) !== text) throw invalidEnvelope('it is not base64');
  return bytes;
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
