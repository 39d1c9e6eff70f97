import { expect, it } from 'vitest';
import { LatencyCounts } from './latencyCounts.ts';

it('tells what a part of all does not exceed, whole milliseconds rounded up', () => {
  const latencies = new LatencyCounts();
  expect(latencies.percentile(0.99)).toBe(0);
  for (let ms = 1; ms <= 100; ms += 1) latencies.add(ms - 0.5);
  expect([0.5, 0.99, 1].map((part) => latencies.percentile(part))).toEqual([50, 99, 100]);
});

it('adds up what several processes measured, and keeps what is beyond its end', () => {
  const [one, other] = [new LatencyCounts(), new LatencyCounts()];
  one.add(10);
  other.add(10_000_000);
  one.addAll(other.counts);
  expect(one.total).toBe(2);
  expect([one.percentile(0.5), one.percentile(1)]).toEqual([10, 60_000]);
});
