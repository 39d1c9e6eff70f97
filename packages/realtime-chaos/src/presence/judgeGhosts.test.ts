import { expect, it } from 'vitest';
import { type GhostEvidence, judgeGhosts } from './judgeGhosts.ts';

const evidence = (atMs: number, rest: Partial<GhostEvidence> = {}): GhostEvidence => ({
  ...{ departures: [{ name: 'alice', atMs: 1_000 }], killsAtMs: [], graceMs: 5_000 },
  leavings: [{ name: 'alice', lobby: '1', observer: 'eve', atMs }],
  ...rest,
});

it('finds a ghost that was seen for more than ten seconds', () => {
  expect(judgeGhosts(evidence(8_000))).toEqual({ failures: [], longestGhostMs: 7_000 });
  expect(judgeGhosts(evidence(11_001)).failures).toEqual([
    { message: 'eve saw alice in lobby-1 for 10001 ms more' },
  ]);
});

it('counts from the last kill of a node that may have been about to let it go, and no other', () => {
  expect(judgeGhosts(evidence(15_000, { killsAtMs: [500, 2_000, 5_500] }))).toEqual({
    ...{ failures: [], longestGhostMs: 9_500 },
  });
  expect(judgeGhosts(evidence(15_000, { killsAtMs: [500, 7_001] })).longestGhostMs).toBe(14_000);
});

it('takes nobody for a ghost who left a room and stayed a client', () => {
  const leavings = [{ name: 'bob', lobby: '1' as const, observer: 'eve', atMs: 99_000 }];
  expect(judgeGhosts(evidence(0, { leavings })).longestGhostMs).toBe(0);
});
