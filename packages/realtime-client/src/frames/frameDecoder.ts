import { createFrameReader, type FrameReader } from '@roomcast/realtime-compression/frames';
import type { AnyContract } from '@roomcast/realtime-contract';
import {
  agreedCompression,
  compressionFeatures,
  contractDictionary,
} from '@roomcast/realtime-contract/compressed-frames';

/** Reads compressed frames: what the handshake says of it, and a reader for each connection. */
export interface FrameDecoder {
  readonly features: readonly string[];
  /**
   * @param agreed - the features of the welcome
   * @returns what reads as much as was agreed; null where that is nothing
   */
  createReader(agreed: readonly string[]): FrameReader | null;
}

export function createFrameDecoder(contract: AnyContract): FrameDecoder {
  const dictionary = contractDictionary(contract);
  return {
    features: compressionFeatures(dictionary),
    createReader(agreed) {
      const compression = agreedCompression(agreed, dictionary);
      if (compression === 'none') return null;
      return createFrameReader(
        compression === 'dictionary' ? { dictionary: dictionary.bytes } : {},
      );
    },
  };
}
