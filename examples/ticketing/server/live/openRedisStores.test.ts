import { createRealtimeClient, followPresence } from '@roomcast/realtime-client';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { expect, it, vi } from 'vitest';
import { shopContract } from '../../shared/shopContract.ts';
import { startTicketing } from '../startTicketing.ts';

it('lets those who look at an event in one process see those who do in another', async () => {
  await using redis = await startRedis();
  await using stack = new AsyncDisposableStack();
  const open = async () => {
    const stores = { database: ':memory:', redisUrl: redis.url };
    const shop = await startTicketing({ port: 0, ...stores, webRoot: import.meta.dirname });
    stack.defer(() => shop.close());
    const client = createRealtimeClient({ contract: shopContract, url: shop.url });
    stack.defer(() => client.close());
    return client;
  };
  const look = (client: Awaited<ReturnType<typeof open>>) =>
    followPresence(client, ['event', { eventId: 'night-ferry' }], { data: {} });
  const [here, elsewhere] = [look(await open()), look(await open())];
  for (const looker of [here, elsewhere]) {
    await vi.waitFor(() => expect(looker.view.members).toHaveLength(2), { timeout: 5_000 });
  }
  elsewhere.release();
  await vi.waitFor(() => expect(here.view.members).toHaveLength(1), { timeout: 5_000 });
  expect(here.view.members[0]?.id).toBe(here.view.selfId);
});
