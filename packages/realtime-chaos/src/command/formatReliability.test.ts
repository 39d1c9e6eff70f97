import { expect, it } from 'vitest';
import { type ChaosRecord, formatReliability } from './formatReliability.ts';

const record = (peer: string | null, figures: readonly Record<string, number>[]): ChaosRecord => ({
  ...{ scenario: 'net', summary: 'Cables are pulled', peer, scale: 1, date: '2026-01-01' },
  runs: figures.map((one, seed) => ({ seed, passed: 3, failed: 0, figures: one })),
  ...{ node: '24.0.0', cpus: 2 },
});

it('shows all systems side by side, and every figure of ours', () => {
  const page = formatReliability([
    record(null, [
      { expected: 1_000, lost: 0, longestZombieMs: 20, faults: 5 },
      { expected: 2_000, lost: 0, longestZombieMs: 10, faults: 5 },
    ]),
    record('streams-adapter', [{ expected: 1_000, lost: 17, longestZombieMs: 9_000, faults: 5 }]),
  ]);
  expect(page).toMatch(/\| net +\| +2 \| +1 \| +6 \| +0 \| 2026-01-01 \|/);
  expect(page).toContain('Cables are pulled. On 2026-01-01, 2 cores, Node 24.0.0, seeds 0, 1.');
  expect(page).toMatch(/\| +\| +Roomcast \| Socket.IO, streams adapter \|/);
  expect(page).toMatch(/\| seeds +\| +2 \| +1 \|/);
  expect(page).toMatch(/\| deliveries expected +\| +3,000 \| +1,000 \|/);
  expect(page).toMatch(/\| not delivered +\| +0 \| +17 \|/);
  expect(page).toMatch(/\| longest life of a dead connection, ms +\| +20 \| +9,000 \|/);
  expect(page).toContain('\nfaults 10.\n');
});

it('shows a scenario of ours alone as a list of figures', () => {
  const page = formatReliability([record(null, [{ gaps: 2, longestMs: 7 }])]);
  expect(page).toContain('\ngaps 2, longestMs 7.\n');
  expect(page).not.toContain('Socket.IO, Redis adapter');
});
