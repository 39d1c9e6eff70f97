import type { ContractDictionary } from './contractDictionary.ts';

/** What a client reads of compressed frames: none, those without a dictionary, or all. */
export type AgreedCompression = 'none' | 'deflate' | 'dictionary';

const deflate = 'deflate';
const withDictionary = ({ id }: Pick<ContractDictionary, 'id'>) => `dictionary:${id}`;

/** The features of compressed frames: a client names them all, a server of those what it has too. */
export function compressionFeatures(dictionary: Pick<ContractDictionary, 'id'>): readonly string[] {
  return [deflate, withDictionary(dictionary)];
}

/**
 * What was agreed. Of a dictionary with another id, and of one without `deflate`, comes nothing.
 *
 * @param features - those of the `welcome`; on a server, those of the handshake that it has too
 */
export function agreedCompression(
  features: readonly string[],
  dictionary: Pick<ContractDictionary, 'id'>,
): AgreedCompression {
  if (!features.includes(deflate)) return 'none';
  return features.includes(withDictionary(dictionary)) ? 'dictionary' : 'deflate';
}
