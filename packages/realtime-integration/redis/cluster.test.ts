import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type RunningCluster,
  startRedisCluster,
} from '../../realtime-redis/src/fakes/startRedisCluster.ts';
import { eventually } from '../eventually.ts';
import { gapReasons, heardUntil, joinAt, sell, startNodes, tickets } from './startNodes.ts';

let cluster: RunningCluster;

beforeAll(async () => {
  cluster = await startRedisCluster();
}, 20_000);

afterAll(() => cluster[Symbol.asyncDispose]());

/** Sells on two nodes while the slot of the event goes round all masters. */
async function sellWhileTheSlotMoves(keyPrefix: string, trustsPersistence: boolean) {
  await using nodes = await startNodes(() => ({
    ...{ cluster: { nodes: cluster.urls }, keyPrefix, trustsPersistence },
  }));
  await using alice = await joinAt(nodes, 0, 'alice');
  await using bob = await joinAt(nodes, 1, 'bob');
  await sell(nodes, 0, ['t-1']);
  await Promise.all([heardUntil(alice, 't-1'), heardUntil(bob, 't-1')]);
  const selling = sell(nodes, 0, tickets(2, 200));
  const slot = await cluster.slotOf('{event-42}');
  for (const master of [...cluster.masters, ...cluster.masters]) {
    await cluster.migrateSlot(slot, master);
  }
  await selling;
  const members = [alice, bob];
  for (const member of trustsPersistence ? [] : members) {
    await eventually(() => expect(gapReasons(member)).not.toEqual([]));
  }
  await sell(nodes, 1, ['t-201']);
  const told: { heard: readonly string[]; gaps: readonly string[] }[] = [];
  for (const member of members) {
    told.push({ heard: await heardUntil(member, 't-201'), gaps: gapReasons(member) });
  }
  return told;
}

it('a slot that moves is a gap for the members on all nodes: epoch-changed', async () => {
  for (const { heard, gaps } of await sellWhileTheSlotMoves('strict', false)) {
    expect(new Set(gaps)).toEqual(new Set(['epoch-changed']));
    expect(new Set(heard).size).toBe(heard.length);
  }
});

it('a slot that moves is not noticed by anybody where the data of all masters are trusted', async () => {
  for (const { heard, gaps } of await sellWhileTheSlotMoves('trusting', true)) {
    expect(heard).toEqual(tickets(1, 201));
    expect(gaps).toEqual([]);
  }
});
