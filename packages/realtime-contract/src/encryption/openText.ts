import { associatedData } from './associatedData.ts';
import { fromBase64Url } from './base64Url.ts';
import { assertWebCrypto } from './encryptionKey.ts';
import type { SealedPayload } from './sealedPayload.ts';
import type { AesKey } from './webCrypto.ts';

/**
 * Opens what `sealText` made.
 *
 * @param target - where the reader found it, which has to be where it was published
 * @returns null where it was sealed with another key, for another place, or changed since
 */
export async function openText(
  key: AesKey,
  target: { readonly room: string; readonly event: string },
  sealed: SealedPayload,
): Promise<string | null> {
  const { keyId, idempotencyKey } = sealed;
  const iv = fromBase64Url(sealed.nonce);
  const bytes = fromBase64Url(sealed.text);
  if (!iv || !bytes) return null;
  const additionalData = associatedData({ ...target, keyId, idempotencyKey });
  const subtle = assertWebCrypto();
  try {
    const opened = await subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes);
    return new TextDecoder().decode(opened);
  } catch {
    // All that it says is that it could not.
    return null;
  }
}

declare class TextDecoder {
  decode(bytes: ArrayBuffer): string;
}
