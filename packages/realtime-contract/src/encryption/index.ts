export { createUnsealedPublication } from '../contract/createUnsealedPublication.ts';
export {
  createSealedPublication,
  type KeyedRoom,
  type SealingKey,
  type SealingKeys,
} from './createSealedPublication.ts';
export { assertWebCrypto, type EncryptionKey, importKey } from './encryptionKey.ts';
export { fitsSchema } from './fitsSchema.ts';
export { openText } from './openText.ts';
export type { AesKey } from './webCrypto.ts';
