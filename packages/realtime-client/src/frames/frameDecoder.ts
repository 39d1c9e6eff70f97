import { createFrameReader, type FrameReader } from '@roomcast/realtime-compression/frames';
import {
  type AnyContract,
  compressionFeatures,
  contractDictionary,
} from '@roomcast/realtime-contract';

/** Reads compressed frames: what the handshake says of it, and a reader for each connection. */
export interface FrameDecoder {
  readonly features: readonly string[];
  createReader(): FrameReader;
}

export function createFrameDecoder(contract: AnyContract): FrameDecoder {
  const dictionary = contractDictionary(contract);
  return {
    features: compressionFeatures(dictionary),
    createReader: () => createFrameReader({ dictionary: dictionary.bytes }),
  };
}
