import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fairShare } from './fairShare.ts';

it.each([
  { amounts: [4, 4, 4], total: 6, share: 2 },
  { amounts: [100, 1, 1], total: 10, share: 8 },
  { amounts: [100, 50, 3], total: 23, share: 10 },
  { amounts: [0, 0, 9], total: 6, share: 6 },
])('of $total among $amounts is $share', ({ amounts, total, share }) => {
  expect(fairShare(amounts, total)).toBe(share);
});

it('uses up the total where there is too much, and is never less than an equal part', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 1_000_000 }), (given, total) => {
      const share = fairShare(given, total);
      expect(share).toBeGreaterThanOrEqual(total / given.length);
      const sum = (values: readonly number[]) => values.reduce((left, right) => left + right, 0);
      const kept = sum(given.map((amount) => Math.min(amount, share)));
      expect(kept).toBeCloseTo(Math.min(sum(given), total), 3);
    }),
  );
});
