import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PageCounts } from './pageCounts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Fetches at these times, in milliseconds; an event is heard every 10 ms until `heardUntilMs`. */
function countPage(fetches: readonly number[], heardUntilMs: number): PageCounts {
  const counts = new PageCounts();
  for (const atMs of fetches) setTimeout(() => void counts.fetch('event', 50), atMs);
  for (let atMs = 0; atMs <= heardUntilMs; atMs += 10) setTimeout(() => counts.hear(), atMs);
  vi.runAllTimers();
  return counts;
}

it('counts fetches an interval apart as one an interval, however many they are', () => {
  expect(countPage([0, 250, 500, 750, 1_000], 990).fetchesASecond).toBe(4);
  expect(countPage([0, 250, 500, 750, 1_000, 1_250], 1_010).fetchesASecond).toBe(4);
});

it('counts fetches that are closer', () => {
  expect(countPage([0, 250, 300, 500, 750], 500).fetchesASecond).toBe(5);
  expect(countPage([0, 250, 500, 750, 999], 990).mostFetchesInASecond).toBe(5);
});

it('a fetch for the last event is needed, one behind it is not', () => {
  expect(countPage([0, 250, 500], 260).needlessFetches).toBe(0);
  expect(countPage([0, 250, 500, 750], 260).needlessFetches).toBe(1);
});
