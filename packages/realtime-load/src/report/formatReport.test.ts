import { expect, it } from 'vitest';
import { reportOf } from '../fakes/reportOf.ts';
import { formatReport } from './formatReport.ts';

const plain = (_: string, text: string) => text;

it('is a table of what was measured, and what came of the thresholds', () => {
  const verdict = { name: 'maxLoss', limit: 0, actual: 0.001, passed: false } as const;
  const text = formatReport(
    reportOf({ thresholds: [verdict] }),
    (colour, text) => `${colour}(${text})`,
  );
  expect(text).toMatch(/^run: roomcast at http:\/\/127.0.0.1:3001\n/);
  expect(text).toMatch(/\| connections +\| +10 of 11 \|/);
  expect(text).toMatch(/\| lost +\| +1 of 1,000 \|/);
  expect(text).toMatch(/\| latency, ms +\| p50 500, p95 950, p99 99\d, max 1000 \|/);
  expect(text).toMatch(/\| load: own delay, ms +\| +not measured \|/);
  expect(text).toContain('red(did not connect: 1 × FORBIDDEN: No.)');
  expect(text).toContain('red(MISSED: loss 0.1%, at most 0%)');
});

it('has no publications where the load only watched, and says where it ended early', () => {
  const deliveries = { ...reportOf().deliveries, lossShare: null };
  const text = formatReport(reportOf({ publications: null, deliveries, interrupted: true }), plain);
  expect(text).not.toContain('publications');
  expect(text).toMatch(/\| lost +\| +not measured \|/);
  expect(text).toContain('http://127.0.0.1:3001, ended early\n');
});

it('says whose latencies they are where the load was short of time', () => {
  const generator = { ...reportOf().generator, saturation: ['one reason', 'another'] };
  expect(formatReport(reportOf({ generator }), plain)).toContain(
    "The load was short of time, so its latencies are not the server's alone: one reason; another.\n",
  );
});
