import { expect, it } from 'vitest';
import { findSaturation } from './findSaturation.ts';

const delay = (p99: number) => ({ count: 1, p50: 0, p95: 0, p99, max: p99, mean: 0 });
const idle = {
  ...{ processes: 2, memoryBytes: 1, busiestShare: 0.5 },
  ...{ ownDelayMs: delay(5), sendDelayMs: delay(5) },
};

it('a load that had time has measured the server', () => {
  expect(findSaturation(idle, 100)).toEqual([]);
  expect(findSaturation({ ...idle, ownDelayMs: delay(1.9), sendDelayMs: null }, 3)).toEqual([]);
});

it.each([
  ['was busy all the time', { busiestShare: 0.97 }, 'busy for 97% of a second'],
  ['looked at arrivals too late', { ownDelayMs: delay(11) }, 'waited for the load itself: 11.0 ms'],
  ['was late itself', { sendDelayMs: delay(11) }, 'sent late: 11.0 ms at p99'],
])('a load that %s says so', (_, changes, reason) => {
  expect(findSaturation({ ...idle, ...changes }, 100)).toEqual([expect.stringContaining(reason)]);
});

it('where nothing was measured, arrivals had nothing to wait for', () => {
  expect(findSaturation({ ...idle, sendDelayMs: null }, null)).toEqual([]);
});
