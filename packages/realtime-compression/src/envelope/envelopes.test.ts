import { describe, expect, test } from 'vitest';
import { resolveCompressorOptions } from '../compressorOptions.ts';
import { MessageCompressor } from '../index.ts';
import { nodePlatform } from '../node/nodePlatform.ts';
import { checksumOf } from './checksum.ts';
import { Envelopes } from './envelopes.ts';
import { encodeHeader, parseHeader } from './header.ts';

const envelopes = new Envelopes(resolveCompressorOptions({}), nodePlatform);

/** An envelope as somebody may write it who knows how. */
function open(codec: number, original: Uint8Array, body: Uint8Array) {
  const header = { codec, length: original.length };
  const checksum = checksumOf(header, original, body, nodePlatform);
  return envelopes.open({ ...header, checksum }, body);
}

describe('Envelopes', () => {
  const original = new Uint8Array(200).fill(7);
  const body = nodePlatform.deflate(original, 6, undefined);

  test('opens what is written as documented', () => {
    expect(open(2, original, body)).toEqual(original);
    expect(open(0, original, original)).toEqual(original);
  });

  test('refuses a body that compressing has not made shorter', () => {
    const stored = Buffer.concat([Buffer.from([1, 200, 0, 55, 255]), original]);
    expect(nodePlatform.inflate(stored, 200, undefined)).toEqual(original);
    expect(() => open(2, original, stored)).toThrow('no shorter');
  });

  test('refuses lz-string above its limit before it decodes', () => {
    const declared = parseHeader(encodeHeader({ codec: 1, length: 16_385, checksum: 0 }));
    expect(() => envelopes.open(declared, new Uint8Array(200))).toThrow('lz-string');
  });

  test('refuses text that is longer than it declares before it is decoded', () => {
    const envelope = MessageCompressor.compressMessage('seat');
    expect(() => MessageCompressor.decompressMessage(`${envelope}s`)).toThrow('longer than');
  });
});
