import { expect, it } from 'vitest';
import { busiestShare } from './busiestShare.ts';

it.each([
  [[], 0],
  [[5], 1],
  [[0, 1_000, 2_000, 3_000], 0.25],
  [[3_000, 0, 999, 500], 0.75],
  [[10, 20, 30, 40], 1],
])('of %j is %d within a second', (atMs, share) => {
  expect(busiestShare(atMs, 1_000)).toBe(share);
});
