import { expect, it } from 'vitest';
import { formatAgo } from './formatAgo.ts';

const now = Date.parse('2026-05-04T12:00:00Z');

it.each([
  ['2026-05-04T12:00:05Z', 'just now'],
  ['2026-05-04T11:59:01Z', 'just now'],
  ['2026-05-04T11:59:00Z', '1 minute ago'],
  ['2026-05-04T11:00:01Z', '59 minutes ago'],
  ['2026-05-04T09:30:00Z', '2 hours ago'],
  ['2026-05-03T12:00:00Z', 'yesterday'],
  ['2026-05-01T12:00:00Z', '3 days ago'],
])('calls %s "%s"', (at, text) => {
  expect(formatAgo(at, now)).toBe(text);
});
