import { expect, it } from 'vitest';
import * as compressedFrames from './index.ts';

it('exports exactly these names, so that no change of the public API goes unnoticed', () => {
  expect(Object.keys(compressedFrames).toSorted()).toEqual([
    'agreedCompression',
    'compressionFeatures',
    'contractDictionary',
    'encodeBinaryFrame',
    'parseBinaryFrame',
  ]);
});
