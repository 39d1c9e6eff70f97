import { brokerConformance } from '@roomcast/realtime-broker/conformance';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createRedisBroker } from './createRedisBroker.ts';
import { leastRights } from './fakes/leastRights.ts';
import { type RunningCluster, startRedisCluster } from './fakes/startRedisCluster.ts';
import { type SecureRedis, startSecureRedis } from './fakes/startSecureRedis.ts';
import type { RedisBrokerOptions } from './redisBrokerOptions.ts';
import { type RunningRedis, startRedis } from './testing/startRedis.ts';

let redis: RunningRedis;
let secure: SecureRedis;
let cluster: RunningCluster;

beforeAll(async () => {
  const starting = [startRedis(), startSecureRedis(leastRights), startRedisCluster()] as const;
  [redis, secure, cluster] = await Promise.all(starting);
  const rights = [...leastRights, '+cluster|slots'];
  for (const { command } of cluster.masters) {
    await command('ACL', 'SETUSER', 'broker', 'on', '>secret', ...rights);
  }
}, 20_000);

afterAll(async () => {
  await Promise.all([redis, secure, cluster].map((started) => started[Symbol.asyncDispose]()));
});

const places: [name: string, where: () => RedisBrokerOptions][] = [
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
  [
    'a cluster of three masters, as a user of the fewest rights',
    () => ({
      cluster: { nodes: [`redis://broker:secret@127.0.0.1:${cluster.masters[1].port}`] },
      keyPrefix: 'app',
    }),
  ],
];

describe.each(places)('the broker in %s', (_, where) => {
  // Redis itself bounds what all rooms hold together.
  const cases = brokerConformance(async ({ history, latest }) => {
    const broker = createRedisBroker({ ...where(), history, latest });
    await broker.ready();
    return broker;
  });
  for (const { name, run } of cases) test(name, run);
});
