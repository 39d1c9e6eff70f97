import { Buffer } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';
import { parseSecret } from './parseSecret.ts';
import type { SignatureHeaders } from './parseSignatureHeaders.ts';

/** Whether one of the signatures is that of one of the secrets over this id, timestamp and body. */
export type SignatureVerifier = (headers: SignatureHeaders, body: string) => boolean;

/**
 * The library computes the signature; its own `verify` is not used, because that takes the time
 * from the machine, reads `1700000000abc` as a timestamp and ignores what follows a signature.
 *
 * @throws RoomcastError `INVALID_CONFIG` for secrets that cannot be used
 */
export function createSignatureVerifier(secrets: readonly string[]): SignatureVerifier {
  const keys = secrets.map((secret, index) => parseSecret(secret, `secrets[${index}]`));
  return ({ id, timestampSeconds, signatures }, body) => {
    const sentAt = new Date(timestampSeconds * 1_000);
    return keys.some((key) => {
      const expected = Buffer.from(key.sign(id, sentAt, body));
      return signatures.some((signature) => isEqual(Buffer.from(signature), expected));
    });
  };
}

/** In constant time for equal lengths, and the length is no secret. */
function isEqual(given: Uint8Array, expected: Uint8Array): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}
