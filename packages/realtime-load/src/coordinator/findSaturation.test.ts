import { describe, expect, it } from 'vitest';
import { findSaturation } from './findSaturation.ts';

const delay = (p99: number, count = 1_000) => ({ count, p50: 0, p95: 0, p99, max: p99, mean: 0 });
const quiet = {
  ...{ processes: 2, memoryBytes: 1, busiestShare: 0.7 },
  ...{ ownDelayMs: delay(25), sendDelayMs: delay(3) },
};
const busy = { ...quiet, busiestShare: 0.85, ownDelayMs: delay(5), sendDelayMs: delay(5) };

describe('a load that had time', () => {
  it('has measured the server', () => {
    expect(findSaturation(busy, 100)).toEqual([]);
    expect(findSaturation({ ...busy, ownDelayMs: delay(1.9), sendDelayMs: null }, 3)).toEqual([]);
  });

  it('has also where bursts waited for a quiet process, however fast the server is', () => {
    expect(findSaturation(quiet, 33)).toEqual([]);
    expect(findSaturation({ ...quiet, ownDelayMs: delay(49.9) }, 50)).toEqual([]);
  });

  it('is not judged by a few arrivals', () => {
    expect(findSaturation({ ...quiet, ownDelayMs: delay(90, 100) }, 100)).toEqual([]);
    expect(findSaturation({ ...quiet, ownDelayMs: delay(90, 101) }, 100)).toHaveLength(1);
    expect(findSaturation({ ...quiet, sendDelayMs: delay(90, 6) }, 100)).toEqual([]);
  });

  it('had nothing to wait for where nothing was measured', () => {
    expect(findSaturation({ ...busy, sendDelayMs: null }, null)).toEqual([]);
  });
});

it.each([
  ['was busy all the time', { busiestShare: 0.97 }, 'busy for 97% of a second'],
  ['looked at arrivals too late', { ownDelayMs: delay(11) }, 'waited for the load itself: 11.0 ms'],
  ['was late itself', { sendDelayMs: delay(11) }, 'sent late: 11.0 ms at p99'],
  [
    'was quiet, and looked at arrivals much too late',
    { busiestShare: 0.1, ownDelayMs: delay(51) },
    'waited for the load itself: 51.0 ms',
  ],
])('a load that %s says so', (_, changes, reason) => {
  expect(findSaturation({ ...busy, ...changes }, 100)).toEqual([expect.stringContaining(reason)]);
});
