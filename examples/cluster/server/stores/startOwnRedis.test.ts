import { createRedisBroker } from '@roomcast/realtime-redis';
import { afterEach, expect, it, vi } from 'vitest';
import { startOwnRedis } from './startOwnRedis.ts';

afterEach(() => void vi.unstubAllEnvs());

it('has in its next life what it acknowledged before it was killed', async () => {
  await using redis = await startOwnRedis();
  const life = await redis.startLife();
  await using broker = createRedisBroker({ url: redis.url, trustsPersistence: true });
  const { position } = await broker.publish({
    ...{ room: 'event-1', event: 'ticket-purchased', payload: {}, delivery: 'reliable' },
  });
  await life.kill();
  await life.ended;
  await redis.startLife();
  expect(await broker.position('event-1')).toEqual(position);
});

it('says what to install where there is no redis-server', async () => {
  vi.stubEnv('PATH', '');
  await expect(startOwnRedis()).rejects.toThrow(
    /needs `redis-server`.*apt-get install redis-server/,
  );
});
