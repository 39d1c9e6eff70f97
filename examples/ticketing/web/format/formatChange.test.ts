import { expect, it } from 'vitest';
import { formatChange } from './formatChange.ts';

it.each([
  [0.4, '▲ 0.40'],
  [-1.25, '▼ 1.25'],
  [0, ''],
])('shows a change of %d as "%s"', (change, text) => {
  expect(formatChange(change)).toBe(text);
});
