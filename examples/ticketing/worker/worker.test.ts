import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createRealtimeClient } from '@roomcast/realtime-client';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { expect, it, vi } from 'vitest';
import { startShop } from '../e2e/startShop.ts';
import { shopContract } from '../shared/shopContract.ts';
import { readOrders } from './readOrders.ts';

const main = join(import.meta.dirname, 'main.ts');

/** Runs the worker to its end: it has to end by itself. */
async function sell(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const options = ['--disable-warning=ExperimentalWarning', '--conditions=@roomcast/source', main];
  return promisify(execFile)(process.execPath, [...options, ...args], {
    ...{ timeout: 20_000, env: { ...process.env, ...env } },
  });
}

it('sells in a process of its own, and everybody who looks at a shop of two processes sees it', async () => {
  await using redis = await startRedis();
  await using shop = await startShop({ REDIS_URL: redis.url });
  await using other = await startShop({ REDIS_URL: redis.url, TICKETING_DB: shop.file });
  const visitors = [shop, other].map(({ url }) => {
    const client = createRealtimeClient({ contract: shopContract, url });
    const seen: string[] = [];
    client.on('ticket-purchased', ({ seat, buyer }) => void seen.push(`${seat} ${buyer}`));
    return { client, seen };
  });
  const [{ event_id: eventId }] = shop.withDatabase((database) =>
    database.prepare('SELECT event_id FROM tickets WHERE owner_id IS NULL ORDER BY event_id').all(),
  ) as [{ event_id: string }];
  await Promise.all(visitors.map(({ client }) => client.subscribe('event', { eventId }).joined()));

  const env = { REDIS_URL: redis.url, TICKETING_DB: shop.file };
  const { stdout, stderr } = await sell(env, '3', '--every-ms', '0');
  expect(stderr).toBe('');
  const seats = [...stdout.matchAll(/^Seat (\S+) of .+'s\.$/gm)].map(([, seat]) => seat);
  expect(seats).toHaveLength(3);
  for (const { client, seen } of visitors) {
    await vi.waitFor(() => expect(seen).toHaveLength(3), { timeout: 5_000 });
    expect(seen.map((line) => line.split(' ')[0])).toEqual(seats);
    await client.close();
  }
}, 60_000);

it('says what it needs where it is not told of a Redis', async () => {
  const database = { TICKETING_DB: ':memory:' };
  await expect(sell({ ...database, REDIS_URL: '' })).rejects.toMatchObject({
    code: 1,
    stderr: 'Expected REDIS_URL, the one that the shop was started with too.\n',
  });
});

it('takes how many and how often from its command line, and refuses what is no number', () => {
  expect(readOrders([])).toEqual({ count: 10, everyMs: 1_000 });
  expect(readOrders(['3', '--every-ms', '20'])).toEqual({ count: 3, everyMs: 20 });
  expect(() => readOrders(['many'])).toThrow('COUNT to be a whole number from 0, got "many"');
  expect(() => readOrders(['--every-ms='])).toThrow('--every-ms to be');
});
