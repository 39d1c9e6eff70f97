import { expect, it } from 'vitest';
import { measured, round } from '../delivery/fakes/measured.ts';
import type { CompressionCase } from './compressionCases.ts';
import { summariseCompression } from './summariseCompression.ts';

type Ours = Partial<Record<CompressionCase['name'], Parameters<typeof round>[0]>>;

/** By default 15 µs against 100, and as many bytes as are allowed. */
function summarise(ours: Ours = {}) {
  const measuredCase = (name: CompressionCase['name'], bytes: number) => ({
    ...{ name, label: name },
    contenders: [
      measured('ours', [round({ cpuUs: 15, bytes, ...ours[name] })]),
      measured('oursText', [round({ bytes: 200 })]),
      measured('stock', [round({ cpuUs: 30 })]),
      measured('deflate', [round({ cpuUs: 100, bytes: 100 })]),
      measured('deflateNoTakeover', [round({ cpuUs: 100, bytes: 1_000 })]),
    ],
  });
  return summariseCompression([
    measuredCase('unrelated', 1_050),
    measuredCase('states', 110),
    measuredCase('ready', 70),
  ]);
}

it('the ratios are of CPU and of bytes, each to the peer that is named', () => {
  const { ratios, targets, passed, figures } = summarise();
  expect(ratios).toMatchObject({
    ...{ 'perMessageDeflate, CPU, unrelated': 0.15, 'perMessageDeflate, CPU, states': 0.15 },
    'perMessageDeflate without takeover, bytes, unrelated': 1.05,
    ...{ 'perMessageDeflate, bytes, states': 1.1, 'text, bytes, ready contract': 0.35 },
    ...{ 'stock, CPU, unrelated': 0.5, 'stock, CPU, ready contract': 0.5 },
  });
  expect(ratios).toMatchObject(targets);
  expect(passed).toBe(true);
  expect(figures).toMatchObject({ statesOursBytes: 110, readyDeflateCpuUs: 100 });
});

it.each<[string, Ours]>([
  ['CPU for what is unrelated', { unrelated: { cpuUs: 16 } }],
  ['CPU for states', { states: { cpuUs: 16 } }],
  ['bytes for what is unrelated', { unrelated: { bytes: 1_060 } }],
  ['bytes for states', { states: { bytes: 112 } }],
  ['bytes for what the contract knows', { ready: { bytes: 72 } }],
])('too much %s is a miss', (_, ours) => {
  expect(summarise(ours).passed).toBe(false);
});
