import { expect, it } from 'vitest';
import type { PageRun } from './reactLoad.ts';
import { summariseReact } from './summariseReact.ts';

function run(changes: Partial<PageRun> = {}): PageRun {
  const most = { mostFetchesInASecond: 4, mostCommitsInASecond: 50 };
  return {
    heard: 1_000,
    fetchesASecond: 4,
    needlessFetches: 0,
    cpuMs: 100,
    ...most,
    ...changes,
  };
}

const naive = [run({ fetchesASecond: 400, mostFetchesInASecond: 500, mostCommitsInASecond: 500 })];

function summarise(...ours: readonly PageRun[]) {
  return summariseReact({ ours, naive }, { events: 1_000, overMs: 1_000 });
}

it('compares a page with that of a naive bridge', () => {
  const { figures, ratios, passed } = summarise(run(), run({ cpuMs: 120 }), run({ cpuMs: 900 }));
  expect(figures).toMatchObject({ oursFetchesASecond: 4, oursMissed: 0, oursCpuMs: 120 });
  expect(ratios).toEqual({ 'naive, fetches': 0.01, 'naive, commits': 0.1, 'naive, CPU': 1.2 });
  expect(passed).toBe(true);
});

it.each<Partial<PageRun>>([
  { mostFetchesInASecond: 6 },
  { fetchesASecond: 4.2 },
  { needlessFetches: 1 },
  { mostCommitsInASecond: 61 },
  { heard: 999 },
])('is a miss where one round of most or all rounds go over a target: %o', (changes) => {
  expect(summarise(run(changes)).passed).toBe(false);
});
