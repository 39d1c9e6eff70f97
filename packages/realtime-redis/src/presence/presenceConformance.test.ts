import { presenceConformance } from '@roomcast/realtime-broker/conformance';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type RunningCluster, startRedisCluster } from '../fakes/startRedisCluster.ts';
import { type RunningRedis, startRedis } from '../testing/startRedis.ts';
import { createRedisPresenceStore } from './createRedisPresenceStore.ts';
import type { RedisPresenceStoreOptions } from './redisPresenceStoreOptions.ts';

let redis: RunningRedis;
let cluster: RunningCluster;

beforeAll(async () => {
  [redis, cluster] = await Promise.all([startRedis(), startRedisCluster()]);
}, 20_000);

afterAll(async () => {
  await Promise.all([redis, cluster].map((started) => started[Symbol.asyncDispose]()));
});

const places: [name: string, where: () => RedisPresenceStoreOptions][] = [
  ['Redis', () => ({ url: redis.url })],
  ['a cluster of three masters', () => ({ cluster: { nodes: cluster.urls } })],
];

describe.each(places)('the presence in %s', (_, where) => {
  const createStore: Parameters<typeof presenceConformance>[0] = async (bounds) => {
    const store = createRedisPresenceStore({ ...where(), leaseMs: 300, graceMs: 300, ...bounds });
    await store.ready();
    return store;
  };
  const cases = presenceConformance(createStore, { hasSharedStore: true, timeoutMs: 4_000 });
  for (const { name, run } of cases) test(name, run);
});
