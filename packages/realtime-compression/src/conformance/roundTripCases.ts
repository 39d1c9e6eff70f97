import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import type { CodecCase } from './codecCase.ts';
import { byteSamples, repetitiveText, texts } from './samples.ts';

/** What goes in comes out. */
export const roundTripCases: readonly CodecCase[] = [
  {
    name: 'bytes of every kind are decoded as they were encoded',
    run({ codec, within }) {
      for (const sample of byteSamples.filter(({ length }) => length > 0)) {
        const bytes = within(sample);
        deepEqual(new Uint8Array(codec.decode(codec.encode(bytes), bytes.length)), bytes);
      }
    },
  },
  {
    name: 'bytes of every kind come out of their envelope as they were',
    run({ compressor }) {
      for (const bytes of byteSamples) {
        deepEqual(compressor.decompressBytes(compressor.compressBytes(bytes)), bytes);
      }
    },
  },
  {
    name: 'text of every kind comes out of its envelope as it was',
    run({ compressor }) {
      for (const text of texts) {
        equal(compressor.decompressMessage(compressor.compressMessage(text)), text);
      }
    },
  },
  {
    name: 'an envelope passes through UTF-8, JSON and binary unharmed',
    run({ compressor }) {
      for (const text of texts) {
        const envelope = compressor.compressMessage(text);
        const bytes = new TextEncoder().encode(JSON.stringify(envelope));
        const arrived = JSON.parse(new TextDecoder().decode(bytes));
        equal(compressor.decompressMessage(arrived), text);
      }
    },
  },
  {
    name: 'text that is, or looks like, an envelope is not taken for one when it is written',
    run({ compressor }) {
      const envelope = compressor.compressMessage(repetitiveText);
      const lookalikes = [envelope, envelope.slice(0, 16), `${envelope.slice(0, 16)}x`, 'RCE1'];
      for (const text of lookalikes) {
        equal(compressor.decompressMessage(compressor.compressMessage(text)), text);
      }
    },
  },
  {
    name: 'part of a larger buffer is encoded and decoded like a buffer of its own',
    run({ codec }) {
      const bytes = new TextEncoder().encode(repetitiveText);
      const body = codec.encode(Buffer.concat([Buffer.from('before'), bytes]).subarray(6));
      const received = Buffer.concat([Buffer.from('before'), body, Buffer.from('after')]);
      const part = received.subarray(6, 6 + body.length);
      deepEqual(new Uint8Array(codec.decode(part, bytes.length)), bytes);
    },
  },
  {
    name: 'encoding and decoding change nothing that they are given, and decode into new memory',
    run({ codec }) {
      const bytes = new TextEncoder().encode(repetitiveText);
      const given = new Uint8Array(bytes);
      const body = codec.encode(given);
      deepEqual(given, bytes);
      const received = new Uint8Array(body);
      const decoded = codec.decode(received, bytes.length);
      deepEqual(received, new Uint8Array(body));
      notEqual(decoded.buffer, received.buffer);
    },
  },
];
