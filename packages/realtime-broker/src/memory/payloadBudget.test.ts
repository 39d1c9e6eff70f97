import type { PublicationInput } from '@roomcast/realtime-contract';
import { expect, test } from 'vitest';
import { PayloadBudget } from './payloadBudget.ts';
import { RoomLog } from './roomLog.ts';

const bounds = {
  history: { maxPublications: 100, maxAgeMs: 1_000, maxBytes: 1_000_000 },
  latest: { maxKeys: 100, maxBytes: 1_000_000 },
};

function createBudget(maxBytes: number) {
  const budget = new PayloadBudget(maxBytes);
  const names: string[] = [];
  const publish = (log: RoomLog, rest: Partial<PublicationInput> = {}, nowMs = 0) => {
    const input = { room: log.room, event: 'posted', payload: 'x', delivery: 'reliable' } as const;
    log.append({ ...input, ...rest }, '0123456789', nowMs);
    budget.touch(log);
  };
  const createLog = ({ isFollowed = false } = {}) => {
    const log = new RoomLog(`event-${names.push('room')}`, bounds, budget.total, 0);
    if (isFollowed) log.followers.add({ onPublication() {}, onGap() {} });
    return log;
  };
  return { budget, publish, createLog };
}

test('each sweep lets go of what expired in a few rooms, until all have had their turn', () => {
  const { budget, publish, createLog } = createBudget(1_000_000);
  const logs = Array.from({ length: 10 }, (_, index) => createLog({ isFollowed: index % 2 === 0 }));
  for (const log of logs) publish(log);
  budget.sweep(999);
  expect(budget.total.bytes).toBe(100);
  budget.sweep(1_000);
  expect(budget.total.bytes).toBe(60);
  budget.sweep(1_000);
  expect(budget.total.bytes).toBe(20);
  budget.sweep(1_000);
  expect(budget.total.bytes).toBe(0);
  expect(logs.map(({ history }) => history.trimmedBy)).toEqual(Array(10).fill('expired'));
});

test('a room of latest values only holds no sweep up', () => {
  const { budget, publish, createLog } = createBudget(1_000_000);
  for (const log of [createLog(), createLog(), createLog()]) publish(log, { delivery: 'latest' });
  publish(createLog());
  budget.sweep(1_000);
  expect(budget.total.bytes).toBe(30);
});

test.each([
  { maxBytes: 90, left: { followed: [20, 10], quiet: [20, 10], other: [20, 10] } },
  { maxBytes: 89, left: { followed: [20, 10], quiet: [0, 10], other: [20, 10] } },
  { maxBytes: 69, left: { followed: [20, 10], quiet: [0, 10], other: [0, 10] } },
  { maxBytes: 49, left: { followed: [20, 10], quiet: [0, 0], other: [0, 10] } },
  { maxBytes: 39, left: { followed: [20, 10], quiet: [0, 0], other: [0, 0] } },
  { maxBytes: 29, left: { followed: [10, 10], quiet: [0, 0], other: [0, 0] } },
  { maxBytes: 19, left: { followed: [0, 10], quiet: [0, 0], other: [0, 0] } },
  { maxBytes: 9, left: { followed: [0, 0], quiet: [0, 0], other: [0, 0] } },
])('of 90 bytes as many are left as maxBytes of $maxBytes allows', ({ maxBytes, left }) => {
  const { budget, publish, createLog } = createBudget(maxBytes);
  const logs = {
    followed: createLog({ isFollowed: true }),
    quiet: createLog(),
    other: createLog(),
  };
  for (const log of Object.values(logs)) {
    for (const delivery of ['reliable', 'reliable', 'latest'] as const) publish(log, { delivery });
  }
  budget.keep(0);
  const bytesOf = ({ history, latest }: RoomLog) => [history.bytes, latest.bytes];
  expect(Object.values(logs).map(bytesOf)).toEqual(Object.values(left));
});

test('what has expired by the time it is too much has expired', () => {
  const { budget, publish, createLog } = createBudget(0);
  const log = createLog();
  publish(log);
  budget.keep(1_000);
  expect(log.history.trimmedBy).toBe('expired');
});
