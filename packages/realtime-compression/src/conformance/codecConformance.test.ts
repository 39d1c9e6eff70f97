import { describe, test } from 'vitest';
import { browserPlatform } from '../browser/browserPlatform.ts';
import { MessageCompressor as BrowserMessageCompressor } from '../browser.ts';
import { createDeflateRaw } from '../codecs/deflateRaw.ts';
import { createLzString } from '../codecs/lzString.ts';
import { MessageCompressor } from '../index.ts';
import { nodePlatform } from '../node/nodePlatform.ts';
import { codecConformance } from './codecConformance.ts';
import { repetitiveText } from './samples.ts';

const dictionary = new TextEncoder().encode(repetitiveText.slice(0, 45));

const platforms = [
  { on: 'Node', platform: nodePlatform, Compressor: MessageCompressor },
  { on: 'browsers', platform: browserPlatform, Compressor: BrowserMessageCompressor },
];

describe.each(platforms)('on $on', ({ platform, Compressor }) => {
  const codecs = [
    createLzString(16_384),
    createDeflateRaw(platform),
    createDeflateRaw(platform, dictionary),
  ];
  describe.each(codecs)('$name', (codec) => {
    const cases = codecConformance(codec, { MessageCompressor: Compressor });
    for (const { name, run } of cases) test(name, run);
  });
});
