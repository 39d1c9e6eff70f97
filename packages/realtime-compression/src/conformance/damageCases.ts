import type { CodecCase } from './codecCase.ts';
import type { CodecContext } from './codecContext.ts';
import { openingCodes, refuses } from './refusal.ts';
import { repetitiveText } from './samples.ts';

/** Below the length that compressing pays for, so that one is compressed and one is not. */
const damaged: readonly string[] = [repetitiveText, 'short', ''];

/** What an envelope notices on its way. */
export const damageCases: readonly CodecCase[] = [
  {
    name: 'every single flipped bit of an envelope of bytes is detected',
    run({ compressor }) {
      for (const envelope of envelopesOfBytes(compressor)) {
        for (let bit = 0; bit < envelope.length * 8; bit++) {
          const flipped = new Uint8Array(envelope);
          flipped[bit >> 3] = (envelope[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          refuses(`bit ${bit} flipped`, openingCodes, () => compressor.decompressBytes(flipped));
        }
      }
    },
  },
  {
    name: 'every single flipped bit of an envelope of text is detected',
    run({ compressor }) {
      for (const envelope of damaged.map((text) => compressor.compressMessage(text))) {
        for (let bit = 0; bit < envelope.length * 16; bit++) {
          const at = bit >> 4;
          const character = String.fromCharCode(envelope.charCodeAt(at) ^ (1 << (bit & 15)));
          const flipped = envelope.slice(0, at) + character + envelope.slice(at + 1);
          refuses(`bit ${bit} flipped`, openingCodes, () => compressor.decompressMessage(flipped));
        }
      }
    },
  },
  {
    name: 'every truncation of an envelope is detected',
    run({ compressor }) {
      for (const envelope of envelopesOfBytes(compressor)) {
        for (let end = 0; end < envelope.length; end++) {
          const cut = envelope.subarray(0, end);
          refuses(`cut after ${end}`, openingCodes, () => compressor.decompressBytes(cut));
        }
      }
      for (const envelope of damaged.map((text) => compressor.compressMessage(text))) {
        for (let end = 0; end < envelope.length; end++) {
          const cut = envelope.slice(0, end);
          refuses(`cut after ${end}`, openingCodes, () => compressor.decompressMessage(cut));
        }
      }
    },
  },
  {
    name: 'anything added to an envelope is detected',
    run({ compressor }) {
      for (const envelope of envelopesOfBytes(compressor)) {
        const longer = Uint8Array.of(...envelope, 0);
        refuses('a byte added', openingCodes, () => compressor.decompressBytes(longer));
      }
      for (const envelope of damaged.map((text) => compressor.compressMessage(text))) {
        for (const addition of ['=', 'A', 'AAAA', '\n', ' ']) {
          const longer = envelope + addition;
          refuses(`${addition} added`, openingCodes, () => compressor.decompressMessage(longer));
        }
      }
    },
  },
  {
    name: 'what is no envelope is refused',
    run({ compressor }) {
      for (const text of ['', '{}', '[1,2]', 'RCE1', 'x'.repeat(5_000), '\ud83c']) {
        refuses(JSON.stringify(text), openingCodes, () => compressor.decompressMessage(text));
        const bytes = new TextEncoder().encode(text);
        refuses(`bytes of ${text}`, openingCodes, () => compressor.decompressBytes(bytes));
      }
    },
  },
];

function envelopesOfBytes(compressor: CodecContext['compressor']): Uint8Array[] {
  return damaged.map((text) => compressor.compressBytes(new TextEncoder().encode(text)));
}
