import { expect, it } from 'vitest';
import { median } from './median.ts';
import { prefixed } from './prefixed.ts';
import { round } from './round.ts';

it('the median is the value in the middle, or the mean of the two there', () => {
  expect(median([30, 1, 2])).toBe(2);
  expect(median([30, 1, 2, 4])).toBe(3);
  expect(median([])).toBeNaN();
});

it('rounding keeps three digits, and every digit before the point', () => {
  expect([1.3456, 0.012345, 12345.6, 999.5].map(round)).toEqual([1.35, 0.0123, 12346, 1000]);
});

it('figures of a contender get names of their own', () => {
  expect(prefixed('ours', { p50Ms: 1, perSecond: 2 })).toEqual({ oursP50Ms: 1, oursPerSecond: 2 });
});
