import { equal, ok } from 'node:assert/strict';
import type { CodecCase } from './codecCase.ts';
import { byteSamples, texts } from './samples.ts';

const lengthOf = (text: string) => new TextEncoder().encode(text).length;

const mebibyte = 1_048_576;

/** What compressing costs and gains in bytes. */
export const sizeCases: readonly CodecCase[] = [
  {
    name: 'an envelope is never longer than 12 bytes, or 16 characters, and what it holds',
    run({ compressor }) {
      for (const bytes of byteSamples) {
        const { length } = compressor.compressBytes(bytes);
        ok(length <= bytes.length + 12, `${bytes.length} bytes became ${length}`);
      }
      for (const text of texts) {
        const length = lengthOf(compressor.compressMessage(text));
        ok(length <= lengthOf(text) + 16, `${lengthOf(text)} characters became ${length}`);
      }
    },
  },
  {
    name: 'bytes that would not get smaller are left as they are, also by a codec that adds to them',
    run({ compressor }) {
      for (const text of ['a', 'ab']) {
        equal(compressor.compressMessage(text).slice(16), text);
        equal(compressor.compressBytes(new TextEncoder().encode(text)).length, 12 + text.length);
      }
    },
  },
  {
    name: 'a message of nothing but one letter keeps to the ratio, and is still made smaller',
    run({ compressor }) {
      for (const length of [10_000, mebibyte]) {
        const text = 'a'.repeat(length);
        const envelope = compressor.compressMessage(text);
        ok(envelope.length < length / 10, `${length} characters became ${envelope.length}`);
        equal(compressor.decompressMessage(envelope), text);
      }
    },
  },
];
