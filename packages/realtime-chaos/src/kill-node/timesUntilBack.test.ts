import { expect, it } from 'vitest';
import type { MemberRecord } from '../cluster/members/memberRecord.ts';
import type { Published } from '../cluster/publishing/published.ts';
import { timesUntilBack } from './timesUntilBack.ts';

const published = [1_000, 5_000, 5_100, 9_000].map(
  (atMs, index): Published => ({
    ...{ id: index + 1, eventId: '1', atMs, outcome: 'resolved' },
    ...{ sequence: '', epoch: 'a', offset: index + 1 },
  }),
);

function member(lostAtMs: readonly number[], latenciesMs: readonly number[]): MemberRecord {
  return {
    ...{ userId: 'alice', eventId: '1', signals: [], problems: [], longestAwayMs: 0 },
    ...{ lostAtMs, backAtMs: [] },
    heard: Float64Array.of(1, 2, 3, 4),
    latenciesMs: Float64Array.from(latenciesMs),
  };
}

it('is the longest that a publication was on its way to a member that a kill cut off', () => {
  const records = [member([5_020], [1, 700, 600, 2]), member([], [1, 2, 3, 4])];
  expect(timesUntilBack(records, published, [5_000])).toEqual([700]);
});

it('counts for each kill the publications of its own time', () => {
  const records = [member([5_020, 8_910], [1, 700, 600, 300])];
  expect(timesUntilBack(records, published, [5_000, 8_900])).toEqual([300, 700]);
});

it('is nothing for who was not cut off', () => {
  expect(timesUntilBack([member([2_000], [1, 2, 3, 4])], published, [5_000])).toEqual([]);
});
