import { RoomcastError } from '../errors/roomcastError.ts';
import { type AesKey, type AesUsage, subtleAes } from './webCrypto.ts';

/** A key of the application: 16 or 32 random bytes, or a `CryptoKey` for AES-GCM. */
export type EncryptionKey = Uint8Array | AesKey;

const usages = ['encrypt', 'decrypt'] as const;
const imported = new WeakMap<Uint8Array, Promise<AesKey>>();

/**
 * The key as WebCrypto takes it. The same bytes are imported once, as long as their owner keeps them.
 *
 * @throws RoomcastError `INVALID_CONFIG` for anything that is no such key
 */
export async function importKey(key: EncryptionKey, usage: AesUsage): Promise<AesKey> {
  if (!(key instanceof Uint8Array)) {
    if (key?.algorithm?.name === 'AES-GCM' && key.usages.includes(usage)) return key;
    throw invalidKey(usage);
  }
  if (key.length !== 16 && key.length !== 32) throw invalidKey(usage);
  const known = imported.get(key) ?? importBytes(key);
  imported.set(key, known);
  return known;
}

async function importBytes(bytes: Uint8Array): Promise<AesKey> {
  const subtle = assertWebCrypto();
  return subtle.importKey('raw', bytes, 'AES-GCM', false, usages);
}

/** @throws RoomcastError `INVALID_CONFIG` */
export function assertWebCrypto(): NonNullable<ReturnType<typeof subtleAes>> {
  const subtle = subtleAes();
  if (subtle) return subtle;
  throw new RoomcastError(
    'INVALID_CONFIG',
    'Encrypted events need WebCrypto, which a browser has only on pages from https or localhost.',
  );
}

function invalidKey(usage: AesUsage): RoomcastError {
  return new RoomcastError(
    'INVALID_CONFIG',
    `Expected a key to be a Uint8Array of 16 or 32 bytes, or a CryptoKey for AES-GCM that may ${usage}.`,
  );
}
