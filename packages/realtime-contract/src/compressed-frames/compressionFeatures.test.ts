import { describe, expect, it } from 'vitest';
import { agreedCompression, compressionFeatures } from './compressionFeatures.ts';

const dictionary = { id: '0123456789abcdef' };

describe('the features of compressed frames', () => {
  it('have documented names on the wire', () => {
    expect(compressionFeatures(dictionary)).toEqual(['deflate', 'dictionary:0123456789abcdef']);
  });

  it.each([
    [[], 'none'],
    [['deflate'], 'deflate'],
    [['deflate', 'dictionary:0123456789abcdef'], 'dictionary'],
    [['another', 'dictionary:0123456789abcdef', 'deflate'], 'dictionary'],
    [['deflate', 'dictionary:fedcba9876543210'], 'deflate'],
    [['dictionary:0123456789abcdef'], 'none'],
    [['Deflate', 'dictionary:0123456789abcdef'], 'none'],
    [['deflate', 'dictionary:0123456789ABCDEF'], 'deflate'],
  ])('%j is an agreement on %s', (features, agreed) => {
    expect(agreedCompression(features, dictionary)).toBe(agreed);
  });
});
