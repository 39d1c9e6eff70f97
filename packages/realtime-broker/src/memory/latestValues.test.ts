import { expect, test } from 'vitest';
import { ByteCount } from './byteCount.ts';
import { type FakeEntry, logEntryAt } from './fakes/logEntryAt.ts';
import { LatestValues } from './latestValues.ts';
import type { LogEntry } from './logEntry.ts';

const ample = { maxKeys: 100_000, maxBytes: 1_000_000 };

function createValues(bounds: Partial<typeof ample> = {}) {
  const total = new ByteCount();
  const values = new LatestValues({ ...ample, ...bounds }, total);
  const looked = new Set<number>();
  let last = 0;
  const set = (...entries: readonly FakeEntry[]) => {
    for (const entry of entries) {
      last += 1;
      const revision = last;
      values.set(logEntryAt({ ...entry, revision }, () => looked.add(revision)));
    }
  };
  return { values, total, set, looked };
}

const revisions = (entries: Iterable<LogEntry>) =>
  [...entries].map(({ header }) => header.position.revision);

test('a read of the last 10 of 100,000 keys looks at few others', () => {
  const { values, set, looked } = createValues();
  for (let key = 1; key <= 100_000; key += 1) set({ key: `${key}` });
  looked.clear();
  expect(revisions(values.after(99_990))).toHaveLength(10);
  expect(looked.size).toBeLessThan(30);
});

test('values that were replaced are let go of', () => {
  const { values, set, looked } = createValues();
  for (let change = 1; change <= 10_000; change += 1) set({ key: `${change % 3}` });
  looked.clear();
  expect(revisions(values.after(0))).toEqual([9_998, 9_999, 10_000]);
  expect(looked.size).toBeLessThan(20);
});

test('a removal replaces the value, and a value the removal', () => {
  const { values, set } = createValues();
  set({ key: 'a' }, { key: 'b' }, { key: 'a', removed: true });
  expect(revisions(values.values())).toEqual([2]);
  expect(revisions(values.after(0))).toEqual([2, 3]);
  set({ key: 'a' });
  expect(revisions(values.values())).toEqual([2, 4]);
  expect(revisions(values.after(0))).toEqual([2, 4]);
});

test('as many removals are remembered as values, beside them', () => {
  const { values, set } = createValues({ maxKeys: 2 });
  set({ key: 'a' }, { key: 'b' });
  for (const key of ['c', 'd', 'e']) set({ key, removed: true });
  expect(revisions(values.after(0))).toEqual([1, 2, 4, 5]);
  expect(values.droppedRevision).toBe(3);
});

test('with maxKeys of 0 nothing is kept, and everything is dropped', () => {
  const { values, set } = createValues({ maxKeys: 0 });
  set({ key: 'a' }, { key: 'b', removed: true });
  expect(revisions(values.after(0))).toEqual([]);
  expect(values.droppedRevision).toBe(2);
});

test('values are full at maxBytes and not before; removals take none', () => {
  const { values, total, set } = createValues({ maxBytes: 10 });
  set({ key: 'a', bytes: 5 }, { key: 'b', bytes: 5 }, { key: 'c', removed: true, bytes: 4 });
  expect([values.bytes, total.bytes]).toEqual([10, 10]);
  expect(revisions(values.after(0))).toEqual([1, 2, 3]);
  set({ key: 'a', bytes: 6 });
  expect([values.bytes, total.bytes]).toEqual([6, 6]);
  expect(revisions(values.after(0))).toEqual([3, 4]);
});

test('a reader is led behind what was dropped only where nothing kept lies before', () => {
  const { values, set } = createValues({ maxKeys: 1 });
  set({ key: 'a' }, { key: 'b', removed: true }, { key: 'c', removed: true }, { key: 'd' });
  expect(values.droppedRevision).toBe(2);
  expect([0, 1, 2, 3].map((revision) => values.behindDropped(revision))).toEqual([2, 2, 2, 3]);
  const spread = createValues({ maxKeys: 1 });
  spread.set({ key: 'a' }, { key: 'b', removed: true }, { key: 'c' }, { key: 'd', removed: true });
  spread.set({ key: 'e', removed: true });
  expect(spread.values.droppedRevision).toBe(4);
  expect([0, 2, 3, 4].map((revision) => spread.values.behindDropped(revision))).toEqual([
    0, 2, 4, 4,
  ]);
});

test('what is cleared was dropped, all of it', () => {
  const { values, total, set } = createValues();
  set({ key: 'a' }, { key: 'b', removed: true }, { key: 'c' }, { key: 'd', removed: true });
  values.clear();
  expect(revisions(values.after(0))).toEqual([]);
  expect(values.droppedRevision).toBe(4);
  expect(total.bytes).toBe(0);
  set({ key: 'a' });
  expect(revisions(values.after(4))).toEqual([5]);
});
