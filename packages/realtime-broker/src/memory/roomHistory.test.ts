import { expect, test } from 'vitest';
import { ByteCount } from './byteCount.ts';
import { type FakeEntry, logEntryAt } from './fakes/logEntryAt.ts';
import { RoomHistory } from './roomHistory.ts';

const ample = { maxPublications: 1_000_000, maxAgeMs: 1_000, maxBytes: 1_000_000 };

function createHistory(bounds: Partial<typeof ample> = {}) {
  const total = new ByteCount();
  const history = new RoomHistory({ ...ample, ...bounds }, total);
  let offset = 0;
  const append = (...entries: readonly FakeEntry[]) => {
    for (const entry of entries) {
      offset += 1;
      history.append(logEntryAt({ ...entry, offset }));
    }
  };
  const kept = () => {
    const offsets = Array.from({ length: offset + 2 }, (_, index) => index);
    return offsets.filter((one) => history.at(one)?.header.position.offset === one);
  };
  return { history, total, append, kept };
}

test('trimming looks at what goes and at nothing else', () => {
  const history = new RoomHistory({ ...ample, maxPublications: 10_000 }, new ByteCount());
  const looked = new Set<number>();
  for (let offset = 1; offset <= 10_000; offset += 1) {
    history.append(logEntryAt({ offset }, () => looked.add(offset)));
  }
  looked.clear();
  history.append(logEntryAt({ offset: 10_001 }, () => looked.add(10_001)));
  expect([...looked].sort()).toEqual([1, 10_001]);
});

test('every offset is found while the ring grows, turns and empties', () => {
  const { history, append, kept } = createHistory({ maxPublications: 20 });
  expect(kept()).toEqual([]);
  for (let last = 1; last <= 100; last += 1) {
    append({});
    const first = Math.max(1, last - 19);
    expect(kept()).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index));
  }
  history.clear();
  expect(kept()).toEqual([]);
  append({}, {});
  expect(kept()).toEqual([101, 102]);
});

test('a publication is kept until it is as old as maxAgeMs', () => {
  const { history, append, kept } = createHistory();
  append({ publishedAtMs: 500 }, { publishedAtMs: 501 });
  history.expire(1_499);
  expect(kept()).toEqual([1, 2]);
  history.expire(1_500);
  expect(kept()).toEqual([2]);
  history.expire(1_501);
  expect(kept()).toEqual([]);
});

test('history is full at maxPublications and at maxBytes, and not before', () => {
  const counted = createHistory({ maxPublications: 2 });
  counted.append({}, {});
  expect(counted.kept()).toEqual([1, 2]);
  counted.append({});
  expect(counted.kept()).toEqual([2, 3]);
  const sized = createHistory({ maxBytes: 10 });
  sized.append({ bytes: 5 }, { bytes: 5 });
  expect(sized.kept()).toEqual([1, 2]);
  sized.append({ bytes: 6 });
  expect(sized.kept()).toEqual([3]);
  sized.append({ bytes: 11 });
  expect(sized.kept()).toEqual([]);
});

test('the reason is that of the newest that is gone', () => {
  const { history, append } = createHistory({ maxPublications: 2 });
  append({}, {}, { publishedAtMs: 10 });
  expect(history.trimmedBy).toBe('overflow');
  history.expire(1_000);
  expect(history.trimmedBy).toBe('expired');
  append({ publishedAtMs: 1_005 }, { publishedAtMs: 1_005 });
  expect(history.trimmedBy).toBe('overflow');
  history.expire(3_000);
  expect(history.trimmedBy).toBe('expired');
  history.clear();
  history.dropOldest();
  expect(history.trimmedBy).toBe('expired');
  append({ publishedAtMs: 3_000 });
  history.clear();
  expect(history.trimmedBy).toBe('overflow');
});

test('what goes is counted no more, however it goes', () => {
  const { history, total, append } = createHistory({ maxPublications: 3 });
  append(
    { bytes: 1 },
    { bytes: 2 },
    { bytes: 4, publishedAtMs: 5 },
    { bytes: 8, publishedAtMs: 5 },
  );
  expect([history.bytes, total.bytes]).toEqual([14, 14]);
  history.expire(1_004);
  expect([history.bytes, total.bytes]).toEqual([12, 12]);
  history.dropOldest();
  expect([history.bytes, total.bytes]).toEqual([8, 8]);
  history.clear();
  expect([history.bytes, total.bytes]).toEqual([0, 0]);
});
