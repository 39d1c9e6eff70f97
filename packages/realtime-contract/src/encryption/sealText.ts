import { associatedData, type SealingContext } from './associatedData.ts';
import { toBase64Url } from './base64Url.ts';
import { assertWebCrypto } from './encryptionKey.ts';
import type { SealedPayload } from './sealedPayload.ts';
import { type AesKey, randomBytes } from './webCrypto.ts';

/**
 * Seals a text. The nonce is 96 random bits, which NIST SP 800-38D (8.3) allows 2^32 times for one
 * key: exchange it before.
 */
export async function sealText(
  key: AesKey,
  context: SealingContext,
  text: string,
): Promise<SealedPayload> {
  const { keyId, idempotencyKey } = context;
  const nonce = randomBytes(12);
  const algorithm = {
    name: 'AES-GCM',
    iv: nonce,
    additionalData: associatedData(context),
  } as const;
  const bytes = await assertWebCrypto().encrypt(algorithm, key, new TextEncoder().encode(text));
  return {
    sealed: 1,
    keyId,
    nonce: toBase64Url(nonce),
    text: toBase64Url(new Uint8Array(bytes)),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
}

declare class TextEncoder {
  encode(text: string): Uint8Array;
}
