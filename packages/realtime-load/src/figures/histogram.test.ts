import { expect, it } from 'vitest';
import {
  addEncoded,
  createHistogram,
  encodeHistogram,
  percentilesMs,
  record,
} from './histogram.ts';

it('tells percentiles in milliseconds, to three digits', () => {
  const histogram = createHistogram();
  for (let us = 1_000; us <= 100_000; us += 1_000) record(histogram, us);
  const percentiles = percentilesMs(histogram);
  expect(percentiles?.count).toBe(100);
  for (const [name, expected] of [
    ['p50', 50],
    ['p95', 95],
    ['p99', 99],
    ['max', 100],
    ['mean', 50.5],
  ] as const) {
    expect((percentiles?.[name] ?? 0) / expected).toBeCloseTo(1, 2);
  }
});

it('has no percentiles of nothing', () => {
  expect(percentilesMs(createHistogram())).toBeNull();
});

it('adds up what several processes have counted', () => {
  const total = createHistogram();
  for (const us of [10, 20_000, 3_000_000]) {
    const part = createHistogram();
    record(part, us);
    addEncoded(total, encodeHistogram(part));
  }
  expect(total.totalCount).toBe(3);
  expect(percentilesMs(total)?.max).toBeCloseTo(3_000, -1);
});

it('keeps what is out of range at its ends', () => {
  const histogram = createHistogram();
  record(histogram, -5);
  record(histogram, 1e13);
  expect(histogram.totalCount).toBe(2);
  expect(histogram.getValueAtPercentile(10)).toBe(0);
  expect(percentilesMs(histogram)?.max).toBeGreaterThan(3_599_000);
});
