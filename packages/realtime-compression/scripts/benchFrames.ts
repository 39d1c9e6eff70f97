// Prints what compressed frames save, beside what perMessageDeflate makes of the same, and cost.
import { deflateRawSync, type ZlibOptions } from 'node:zlib';
import { contractDictionary } from '@roomcast/realtime-contract/compressed-frames';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { inflateFrame as inflateInBrowsers } from '../src/frames/browser.ts';
import { deflateFrame, inflateFrame } from '../src/frames/index.ts';
import { blockingRows } from './blockingRows.ts';
import { type FrameTarget, frameTargets } from './frameTargets.ts';
import { markdownTable } from './markdownTable.ts';
import { medianMs } from './medianMs.ts';
import { listStates, purchases, unrelatedLists } from './sampleFrames.ts';

const { bytes: dictionary } = contractDictionary(eventContract);
const micros = (ms: number) => (ms * 1_000).toFixed(1);
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Calls with each of the values in turn. */
function cycle<T>(values: readonly T[], run: (value: T) => unknown): () => unknown {
  let at = 0;
  return () => run(values[at++ % values.length] as T);
}

function targetRow(measured: FrameTarget): string[] {
  const { name, frames, textBytes, bytes, peerBytes, peer, ratio, target } = measured;
  return [
    name,
    `${frames}`,
    textBytes.toFixed(1),
    bytes.toFixed(1),
    peerBytes.toFixed(1),
    peer,
    ratio.toFixed(3),
    target === undefined ? '-' : `≤ ${target}`,
    target === undefined ? '-' : ratio <= target ? 'met' : 'MISSED',
  ];
}

function costRow(
  name: string,
  texts: readonly string[],
  dictionaryOf: (at: number) => Uint8Array | undefined,
): string[] {
  const samples = texts.map((text, at) => {
    const refersTo = dictionaryOf(at);
    const options = refersTo ? { dictionary: refersTo } : {};
    return { text, options, body: deflateFrame(text, options) };
  });
  return [
    name,
    micros(medianMs(cycle(samples, ({ text, options }) => deflateFrame(text, options)))),
    micros(medianMs(cycle(samples, ({ body, options }) => inflateFrame(body, options)))),
    micros(medianMs(cycle(samples, ({ body, options }) => inflateInBrowsers(body, options)))),
  ];
}

/** What other settings of zlib would make of the successive states, and of an event. */
function settingsRows(states: readonly string[], events: readonly string[]): string[][] {
  const tried: ZlibOptions[] = [
    ...[1, 5, 6, 7, 8, 9].map((level) => ({ level })),
    { level: 7, memLevel: 9 },
    { level: 7, memLevel: 5, windowBits: 12 },
  ];
  const pairs = states
    .slice(1)
    .map((text, at) => ({ text, before: Buffer.from(states[at] ?? '') }));
  return tried.map((setting) => {
    const delta = ({ text, before }: (typeof pairs)[number]) =>
      deflateRawSync(text, { ...setting, dictionary: before });
    const event = (text: string) => deflateRawSync(text, { ...setting, dictionary });
    return [
      JSON.stringify(setting),
      mean(pairs.map((pair) => delta(pair).length)).toFixed(1),
      micros(medianMs(cycle(pairs, delta))),
      mean(events.map((text) => event(text).length)).toFixed(1),
      micros(medianMs(cycle(events, event))),
    ];
  });
}

const [events, unrelated, states] = [purchases(200, true), unrelatedLists(50), listStates(100)];
const targets = await frameTargets();

process.stdout.write(
  `${[
    `Mean bytes of a message without the headers of WebSocket. The dictionary of the ready contract has ${dictionary.length} bytes.`,
    markdownTable([
      ['frame', 'frames', 'text', 'bytes', 'peer', 'of', 'ratio', 'target', ''],
      ...targets.map(targetRow),
    ]),
    'Costs in µs, of one body.',
    markdownTable([
      ['body', 'deflate', 'inflate', 'browser'],
      costRow('118-byte event, dictionary', events, () => dictionary),
      costRow('10 kB, unrelated', unrelated, () => undefined),
      costRow('10 kB, delta', states.slice(1), (at) => Buffer.from(states[at] ?? '')),
    ]),
    'How long the costliest texts, two letters at random, block the loop, in ms: one encoding; all three of a room whose context is full. Those above 3,072 bytes are only begun.',
    markdownTable([['characters', 'one', 'room'], ...(await blockingRows(dictionary))]),
    markdownTable([
      ['setting', 'state, bytes', 'µs', 'event, bytes', 'µs'],
      ...settingsRows(states, events),
    ]),
  ].join('\n\n')}\n`,
);
