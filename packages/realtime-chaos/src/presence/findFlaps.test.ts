import { expect, it } from 'vitest';
import { type FlapEvidence, findFlaps } from './findFlaps.ts';

const who = { name: 'alice', lobby: '1' as const };
const leaving = (atMs: number) => ({ ...who, observer: 'eve', atMs });
const evidence: FlapEvidence = {
  leavings: [],
  stays: [{ ...who, fromMs: 1_000, toMs: 20_000 }],
  outages: [{ name: 'alice', fromMs: 5_000, toMs: 8_999 }],
  ...{ toleratedMs: 4_000, lagMs: 1_000 },
};
const times = (leavings: readonly number[], rest: Partial<FlapEvidence> = {}) =>
  findFlaps({ ...evidence, ...rest, leavings: leavings.map(leaving) }).map(({ atMs }) => atMs);

it('finds who was gone while it was there, and in an outage that was short enough', () => {
  expect(times([1_500, 8_000])).toEqual([1_500, 8_000]);
});

it('takes nobody for a flap who left, or was not there', () => {
  expect(times([20_001, 900])).toEqual([]);
});

it('takes nobody for a flap who was away for too long, nor the late end of an earlier stay', () => {
  expect(
    times([8_000, 9_900], { outages: [{ name: 'alice', fromMs: 4_000, toMs: 9_000 }] }),
  ).toEqual([]);
  const stays = [...evidence.stays, { ...who, fromMs: 20_500, toMs: Number.POSITIVE_INFINITY }];
  expect(times([20_900, 21_100], { stays })).toEqual([21_100]);
});

it('does not mistake one for another', () => {
  const outages = [{ name: 'bob', fromMs: 0, toMs: 19_000 }];
  const stays = [...evidence.stays, { ...who, name: 'bob', fromMs: 0, toMs: 7_500 }];
  expect(times([8_000], { outages, stays })).toEqual([8_000]);
});
