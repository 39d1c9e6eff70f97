import { expect, it } from 'vitest';
import { planOf } from '../fakes/planOf.ts';
import { connectPlans, publishPlan } from './planWorkers.ts';

it('deals connections out to processes, rooms and tokens in turn', () => {
  const plan = planOf({
    ...{ connections: 5, workers: 2, rooms: ['a', 'b', 'c'], tokens: ['x', 'y'] },
    connectsPerSecond: 10,
  });
  const shares = connectPlans(plan, 'run1');
  expect(shares.map(({ members }) => members.map(({ room }) => room))).toEqual([
    [0, 2, 1],
    [1, 0],
  ]);
  expect(shares.map(({ members }) => members.map(({ token }) => token))).toEqual([
    ['x', 'x', 'x'],
    ['y', 'y'],
  ]);
  expect(shares.map(({ connectsPerSecond }) => connectsPerSecond)).toEqual([5, 5]);
});

it('has no more processes than connections, and no more publishers than rooms', () => {
  const plan = planOf({ connections: 1, workers: 4, publishers: 3, rooms: ['a', 'b'] });
  expect(connectPlans(plan, 'r')).toHaveLength(1);
  expect(publishPlan(plan, 'r')?.tokens).toEqual([null, null]);
  expect(publishPlan({ ...plan, publishing: null }, 'r')).toBeNull();
});
