import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readRecords } from '../command/writeResult.ts';
import { fillBlocks } from './fillBlocks.ts';
import { type MeasuredCosts, readMeasuredCosts } from './measuredCosts.ts';
import { nodesWithMembers } from './nodesWithMembers.ts';
import { planCluster } from './planCluster.ts';
import { firstLimits, hotRoomLimits, planNodeLoss } from './planLimits.ts';
import { formatScaling } from './writeScaling.ts';

const docs = new URL('../../../../docs/', import.meta.url);

/** Costs with which one can reckon in one's head. */
const costs: MeasuredCosts = {
  ...{ deliveryUs: 6, newsUs: 60, appendUs: 100, redisNewsUs: 10, readUs: 50 },
  ...{ newsBytes: 500, roomKiB: 100, deliveryBytes: 250, connectionKiB: 16, connectMs: 0.2 },
};

const room = (membersPerRoom: number) => ({ name: 'room', membersPerRoom });

it('docs/SCALING.md has the numbers of the results that were kept', async () => {
  const page = await readFile(new URL('SCALING.md', docs), 'utf8');
  expect(formatScaling(page, await readRecords(new URL('benchmarks/', docs)))).toBe(page);
});

it('a result that is missing is named, with the command that makes it', () => {
  expect(() => readMeasuredCosts([])).toThrow('pnpm bench nodes --write');
});

it('a block is written anew between its marks, and must be there once', () => {
  const page = 'a\n<!-- x -->\nold\n<!-- /x -->\nb\n';
  const filled = 'a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb\n';
  expect(fillBlocks(page, { x: 'new' })).toBe(filled);
  expect(fillBlocks(filled, { x: 'new' })).toBe(filled);
  expect(() => fillBlocks(page + page, { x: 'new' })).toThrow('the block "x" once');
  expect(() => fillBlocks('a', { x: 'new' })).toThrow('the block "x" once');
});

it('news go to as many nodes as have members', () => {
  expect(nodesWithMembers(1, 5)).toBe(1);
  expect(nodesWithMembers(1_000, 1)).toBeCloseTo(1);
  expect(nodesWithMembers(2, 2)).toBe(1.5);
  expect(nodesWithMembers(10, Number.POSITIVE_INFINITY)).toBe(10);
});

it('one room of all needs nodes for its deliveries, and one Redis', () => {
  const plan = planCluster(costs, room(Number.POSITIVE_INFINITY));
  expect(plan).toMatchObject({ rooms: 1, publicationsPerSecond: 1, nodesByMemory: 8 });
  // 6 s of CPU a second in nodes that are busy for 0.6 of it, and a little for the news.
  expect(plan).toMatchObject({ nodesByCpu: 11, nodes: 11, newsPerPublication: 11 });
  expect(plan.redisMasters).toBe(1);
  expect(plan.nodeOutMbitPerSecond).toBeCloseTo(2_000 / 11);
  expect(plan.masterMbitPerSecond).toBeCloseTo((11 * 500 * 8) / 1e6);
});

it('rooms of one need a publication for each delivery, and many masters', () => {
  const plan = planCluster(costs, room(1));
  expect(plan.publicationsPerSecond).toBe(1_000_000);
  expect(plan.nodesByCpu).toBe(110);
  expect(plan.redisCores).toBeCloseTo(110);
  expect(plan.redisMasters).toBe(184);
  expect(plan.redisGiB).toBeCloseTo(95.37, 1);
});

it('the first limit of rooms of one is Redis, and that of one room the CPU of a node', () => {
  const few = firstLimits(costs, room(1));
  expect(few.redisCpu).toBe(Math.floor(600_000 / 110) + 1);
  expect(few.nodeCpu).toBe(Math.floor(600_000 / 66) + 1);
  const all = firstLimits(costs, room(Number.POSITIVE_INFINITY));
  expect(all.nodeCpu).toBeLessThan(all.nodeMemory);
  expect(all.nodeMemory).toBeLessThan(all.redisCpu);
});

it('a hot room is bounded by its master, and by what its members cost each node', () => {
  const { byRedis, byNodes, writingSeconds } = hotRoomLimits(costs, 10);
  expect(byRedis).toBe(3_000);
  expect(byNodes).toBeCloseTo(600_000 / (60 + 600_000));
  expect(writingSeconds).toBeCloseTo(0.60006);
});

it('what a dead node held comes back to the others and to Redis', () => {
  const plan = { nodes: 11, redisMasters: 1 };
  const loss = planNodeLoss(costs, room(1), plan);
  expect(loss.connections).toBeCloseTo(90_909, 0);
  expect(loss.nodeSeconds).toBeCloseTo((90_909 * 0.0002) / 10 / 0.4);
  expect(loss.lonelyReadsSeconds).toBeCloseTo((90_909 * 3 * 0.00005) / 0.4, 1);
  expect(loss.sharedReadsSeconds / loss.lonelyReadsSeconds).toBeCloseTo(1, 0);
  // Each of the other 10 nodes reads each of 3 rooms once.
  const all = planNodeLoss(costs, room(Number.POSITIVE_INFINITY), plan);
  expect(all.sharedReadsSeconds).toBeCloseTo((10 * 3 * 0.00005) / 0.4);
});
