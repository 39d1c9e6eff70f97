/** The part of WebCrypto that is used here, so that no types of a platform are needed. */
export interface SubtleAes {
  importKey(
    format: 'raw',
    bytes: Uint8Array,
    algorithm: 'AES-GCM',
    extractable: boolean,
    usages: readonly AesUsage[],
  ): Promise<AesKey>;
  encrypt(algorithm: AesGcm, key: AesKey, text: Uint8Array): Promise<ArrayBuffer>;
  decrypt(algorithm: AesGcm, key: AesKey, sealed: Uint8Array): Promise<ArrayBuffer>;
}

/** What a key is for. */
export type AesUsage = 'encrypt' | 'decrypt';

/** A `CryptoKey` of WebCrypto with the algorithm AES-GCM. */
export interface AesKey {
  readonly algorithm: { readonly name: string };
  readonly usages: readonly string[];
  readonly extractable: boolean;
  readonly type: string;
}

interface AesGcm {
  readonly name: 'AES-GCM';
  readonly iv: Uint8Array;
  readonly additionalData: Uint8Array;
}

/** WebCrypto; undefined on a page that did not come over https or from the machine itself. */
export function subtleAes(): SubtleAes | undefined {
  return crypto.subtle;
}

export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

declare const crypto: {
  readonly subtle?: SubtleAes;
  getRandomValues(bytes: Uint8Array): Uint8Array;
};
