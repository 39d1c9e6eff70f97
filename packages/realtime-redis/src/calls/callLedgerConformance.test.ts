import { callLedgerConformance } from '@roomcast/realtime-broker/conformance';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { leastRights } from '../fakes/leastRights.ts';
import { type RunningCluster, startRedisCluster } from '../fakes/startRedisCluster.ts';
import { type SecureRedis, startSecureRedis } from '../fakes/startSecureRedis.ts';
import { type RunningRedis, startRedis } from '../testing/startRedis.ts';
import { createRedisCallLedger } from './createRedisCallLedger.ts';
import type { RedisCallLedgerOptions } from './redisCallLedgerOptions.ts';

let redis: RunningRedis;
let secure: SecureRedis;
let cluster: RunningCluster;

beforeAll(async () => {
  const starting = [startRedis(), startSecureRedis(leastRights), startRedisCluster()] as const;
  [redis, secure, cluster] = await Promise.all(starting);
}, 20_000);

afterAll(async () => {
  await Promise.all([redis, secure, cluster].map((started) => started[Symbol.asyncDispose]()));
});

const places: [name: string, where: () => RedisCallLedgerOptions][] = [
  ['Redis', () => ({ url: redis.url })],
  [
    'another database over TLS, as a user of the fewest rights',
    () => ({
      url: `${secure.url}/3`,
      client: { socket: { tls: true, ca: secure.certificate } },
      keyPrefix: 'app',
    }),
  ],
  ['a cluster of three masters', () => ({ cluster: { nodes: cluster.urls } })],
];

describe.each(places)('the ledger of calls in %s', (_, where) => {
  const createLedger: Parameters<typeof callLedgerConformance>[0] = async (bounds) => {
    const ledger = createRedisCallLedger({ ...where(), leaseMs: 600, ...bounds });
    await ledger.ready();
    return ledger;
  };
  const options = { hasSharedStore: true, timeoutMs: 4_000 };
  for (const { name, run } of callLedgerConformance(createLedger, options)) test(name, run);
});
