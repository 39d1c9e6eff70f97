import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type RunningRedis, startRedis } from '../testing/startRedis.ts';
import { createRedisRateCounter, type RedisRateCounter } from './createRedisRateCounter.ts';

let redis: RunningRedis;
const opened: RedisRateCounter[] = [];

beforeEach(async () => {
  redis = await startRedis();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((counter) => counter.close()));
  await redis[Symbol.asyncDispose]();
});

async function open() {
  const counter = createRedisRateCounter({
    ...{ url: redis.url, backoff: { minDelayMs: 5, maxDelayMs: 50 }, timeoutMs: 1_000 },
  });
  opened.push(counter);
  await counter.ready();
  return counter;
}

it('counts for all nodes together, each key for itself', async () => {
  const [one, two] = [await open(), await open()];
  const added = await Promise.all(
    Array.from({ length: 100 }, (_, index) => (index % 2 ? one : two).add('a', 2, 60_000)),
  );
  expect(Math.max(...added.map(({ spent }) => spent))).toBe(200);
  expect(new Set(added.map(({ spent }) => spent)).size).toBe(100);
  expect(await two.add('b', 3, 60_000)).toMatchObject({ spent: 3 });
  const { endsInMs } = await one.add('a', 0, 60_000);
  expect(endsInMs).toBeGreaterThan(50_000);
  expect(endsInMs).toBeLessThanOrEqual(60_000);
});

it('begins anew when the window is over', async () => {
  const counter = await open();
  await counter.add('a', 5, 100);
  await counter.add('a', 5, 60_000);
  await vi.waitFor(async () => expect((await counter.add('a', 0, 100)).spent).toBe(0), {
    ...{ timeout: 4_000, interval: 10 },
  });
});

it('refuses to count at once while Redis is away, and counts again when it is back', async () => {
  const counter = await open();
  await redis.kill();
  await vi.waitFor(() => expect(counter.health()).toEqual({ status: 'down' }));
  const refused = expect.objectContaining({ code: 'CONNECTION_FAILED' });
  const turn = new Promise((resolve) => setImmediate(resolve));
  await expect(Promise.race([counter.add('a', 1, 1_000), turn])).rejects.toEqual(refused);
  await redis.start();
  await vi.waitFor(async () => expect(await counter.add('a', 1, 1_000)).toBeDefined(), {
    ...{ timeout: 4_000, interval: 10 },
  });
});

it('counts nothing once it is closed', async () => {
  const counter = await open();
  await counter.close();
  const closed = expect.objectContaining({ code: 'CLOSED' });
  await expect(counter.add('a', 1, 1_000)).rejects.toEqual(closed);
  await expect(counter.ready()).rejects.toEqual(closed);
});
