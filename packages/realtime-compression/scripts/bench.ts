// Measures what the README says about size, cost and refusal, and writes it there.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { MessageCompressor as BrowserMessageCompressor } from '../src/browser.ts';
import { deflateBomb, lzStringBomb } from '../src/conformance/bombs.ts';
import { encodeHeader } from '../src/envelope/header.ts';
import { MessageCompressor } from '../src/index.ts';
import { idleDeflateBody } from './idleDeflateBody.ts';
import { markdownTable } from './markdownTable.ts';
import { medianMs } from './medianMs.ts';
import { ticketList } from './sampleMessages.ts';

const readme = new URL('../README.md', import.meta.url);
const whole = new Intl.NumberFormat('en');
const cost = (ms: number, bytes: number) => ((ms * 1_000) / (bytes / 1_000)).toFixed(1);

const platforms = [
  { on: 'Node', Compressor: MessageCompressor },
  { on: 'browser', Compressor: BrowserMessageCompressor },
];

/** Size and cost of each codec, for lists of growing length. */
function codecRows(): string[][] {
  const rows = [['codec, entry', 'message', 'as text', 'as bytes', 'compress', 'decompress']];
  for (const codec of ['lz-string', 'deflate-raw'] as const) {
    for (const { on, Compressor } of platforms) {
      for (const length of [2_000, 10_000, 16_000]) {
        const text = ticketList(length);
        const bytes = new TextEncoder().encode(text);
        const compressor = new Compressor({ codec, lzStringMaxBytes: 32_768 });
        const envelope = compressor.compressMessage(text);
        const perKilobyte = (run: () => unknown) => cost(medianMs(run), bytes.length);
        rows.push([
          `${codec}, ${on}`,
          whole.format(bytes.length),
          whole.format(envelope.length),
          whole.format(compressor.compressBytes(bytes).length),
          perKilobyte(() => compressor.compressMessage(text)),
          perKilobyte(() => compressor.decompressMessage(envelope)),
        ]);
      }
    }
  }
  return rows;
}

const bombs = [
  { kind: 'lz-string', codec: 1, createBomb: lzStringBomb },
  { kind: 'deflate-raw', codec: 2, createBomb: deflateBomb },
  { kind: 'idle deflate-raw', codec: 2, createBomb: idleDeflateBody },
];
const bodySizes = [1_000, 4_000, 16_000, 64_000, 250_000, 1_000_000];

/** How long bombs take to be refused with the default options, for the costliest declared length. */
function refusalRows(): string[][] {
  const rows = [['bomb, entry', ...bodySizes.map((bytes) => whole.format(bytes))]];
  for (const { kind, codec, createBomb } of bombs) {
    for (const { on, Compressor } of platforms) {
      const figures = bodySizes.map((bytes) =>
        costliestRefusalMs(Compressor, codec, createBomb(bytes)),
      );
      rows.push([`${kind}, ${on}`, ...figures.map((ms) => ms.toFixed(2))]);
    }
  }
  return rows;
}

/** Medians, because other programs interrupt some of the calls. */
function costliestRefusalMs(
  Compressor: typeof MessageCompressor,
  codec: number,
  body: Uint8Array,
): number {
  const medians = [16_384, body.length + 1, 1_048_576, 2 ** 31].map((length) => {
    const header = encodeHeader({ codec, length, checksum: 0 });
    const envelope = new Uint8Array(Buffer.concat([header, body]));
    const times = Array.from({ length: 31 }, () => refusalMs(Compressor, envelope));
    return times.toSorted((a, b) => a - b)[15] ?? Number.NaN;
  });
  return Math.max(...medians);
}

function refusalMs(Compressor: typeof MessageCompressor, envelope: Uint8Array): number {
  const before = performance.now();
  try {
    Compressor.decompressBytes(envelope);
  } catch {
    return performance.now() - before;
  }
  throw new Error('A bomb was accepted.');
}

function versionOf(name: string): string {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}

const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim()}, Node ${process.versions.node} with zlib ${process.versions.zlib}, lz-string ${versionOf('lz-string')}, fflate ${versionOf('fflate')}`;
const figures = [
  `Measured by \`pnpm --filter @roomcast/realtime-compression bench\` on ${machine}; the browser's entry in the same Node. Sizes in bytes with the header, costs in µs per kB of message.`,
  markdownTable(codecRows()),
  'Refusing bombs, in ms by the length of their body: the median of 31 calls, for the costliest of four declared lengths. The first two kinds make about 1,000 times their size and more; the idle one brings code after code and makes nothing.',
  markdownTable(refusalRows()),
].join('\n\n');

const [start, end] = ['<!-- bench -->', '<!-- /bench -->'];
const text = readFileSync(readme, 'utf8');
const [before, after] = [text.split(start)[0], text.split(end)[1]];
writeFileSync(readme, `${before}${start}\n\n${figures}\n\n${end}${after}`);
process.stdout.write(`${figures}\n`);
