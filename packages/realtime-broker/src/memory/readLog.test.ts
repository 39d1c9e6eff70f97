import { expect, test } from 'vitest';
import { ByteCount } from './byteCount.ts';
import { logEntryAt } from './fakes/logEntryAt.ts';
import { LatestValues } from './latestValues.ts';
import { readLog } from './readLog.ts';
import { RoomHistory } from './roomHistory.ts';

const ample = { maxPublications: 100_000, maxAgeMs: 1_000, maxBytes: 1_000_000 };

/** A log of so many publications, and the offsets of those that somebody has looked at. */
function createLog(count: number) {
  const history = new RoomHistory(ample, new ByteCount());
  const latest = new LatestValues({ maxKeys: 0, maxBytes: 0 }, new ByteCount());
  const looked = new Set<number>();
  for (let offset = 1; offset <= count; offset += 1) {
    history.append(logEntryAt({ offset }, () => looked.add(offset)));
  }
  looked.clear();
  const position = { epoch: 'epoch', offset: count, revision: 0 };
  return { log: { position, history, latest, quietSinceMs: 0 }, looked };
}

const offsetsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => first + index);

test('a read of the last 10 of 100,000 publications looks at no other', () => {
  const { log, looked } = createLog(100_000);
  const since = { ...log.position, offset: 99_990 };
  const read = readLog(log, since, { maxPublications: 300, maxBytes: 1_000_000 });
  expect(read.status === 'continued' && read.publications).toHaveLength(10);
  expect([...looked]).toEqual(offsetsFrom(99_991, 10));
});

test('a full page looks at nothing behind it', () => {
  const { log, looked } = createLog(100_000);
  const since = { ...log.position, offset: 50_000 };
  const read = readLog(log, since, { maxPublications: 10, maxBytes: 1_000_000 });
  expect(read.next).toEqual({ ...log.position, offset: 50_010 });
  expect([...looked]).toEqual(offsetsFrom(50_001, 10));
});

test('somebody new and somebody at the end look at nothing', () => {
  const { log, looked } = createLog(100_000);
  for (const since of [null, log.position]) {
    const read = readLog(log, since, { maxPublications: 10, maxBytes: 1_000_000 });
    expect(read).toMatchObject({ status: 'continued', publications: [], next: log.position });
  }
  expect([...looked]).toEqual([]);
});
