import { expect, it } from 'vitest';
import { mergeResults } from './mergeResults.ts';

it('adds counts up, takes the longest of times, and names where a failure was', () => {
  const merged = mergeResults([
    ['none', { passed: 2, failures: [], figures: { lost: 1, longestAwayMs: 30 } }],
    [
      'snapshot',
      { passed: 1, failures: [{ message: 'm' }], figures: { lost: 2, longestAwayMs: 20 } },
    ],
  ]);
  expect(merged).toEqual({
    passed: 3,
    failures: [{ message: 'snapshot: m' }],
    figures: { lost: 3, longestAwayMs: 30 },
  });
});
