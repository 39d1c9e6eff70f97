import { isRecord } from '../wire/isRecord.ts';

/** The payload of an encrypted event as it travels and as the log holds it. See docs/PROTOCOL.md. */
export interface SealedPayload {
  /** The version of this form: AES-GCM with a nonce of 96 bits and a tag of 128. */
  readonly sealed: 1;
  /** Which key it was sealed with. */
  readonly keyId: string;
  /** 12 random bytes, base64url. */
  readonly nonce: string;
  /** What the JSON of the payload became, and the tag behind it, base64url. */
  readonly text: string;
  /** The one it was published with; who opens it needs it too. */
  readonly idempotencyKey?: string;
}

/** The longest id of a key, in characters. */
export const maxKeyIdLength = 128;

/** A sealed payload, or null for anything that is none. */
export function parseSealed(value: unknown): SealedPayload | null {
  if (!isRecord(value)) return null;
  const { sealed, keyId, nonce, text, idempotencyKey } = value;
  if (sealed !== 1 || !isKeyId(keyId)) return null;
  if (typeof nonce !== 'string' || !/^[\w-]{16}$/.test(nonce)) return null;
  // The tag alone takes 22 characters.
  if (typeof text !== 'string' || !/^[\w-]{22,}$/.test(text)) return null;
  const isOnce = typeof idempotencyKey === 'string';
  if (!isOnce && idempotencyKey !== undefined) return null;
  return { sealed, keyId, nonce, text, ...(isOnce && { idempotencyKey }) };
}

/** Whether a value can name a key. */
export function isKeyId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxKeyIdLength;
}
