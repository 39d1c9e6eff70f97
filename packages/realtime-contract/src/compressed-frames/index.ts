export {
  type ArrivedBinaryFrame,
  type BinaryFrame,
  type BinaryFrameHeader,
  encodeBinaryFrame,
  parseBinaryFrame,
} from './binaryFrame.ts';
export {
  type AgreedCompression,
  agreedCompression,
  compressionFeatures,
} from './compressionFeatures.ts';
export { type ContractDictionary, contractDictionary } from './contractDictionary.ts';
