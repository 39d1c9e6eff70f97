import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type OpenBroker, openBroker, room } from './fakes/openBroker.ts';
import { type RunningRedis, startRedis } from './testing/startRedis.ts';

let redis: RunningRedis;

beforeEach(async () => {
  redis = await startRedis({ keepsData: true });
});

afterEach(() => redis[Symbol.asyncDispose]());

const patient = { timeout: 4_000, interval: 5 };

/** Kills Redis, and waits until a broker has noticed. */
async function killUnder({ broker, lost }: OpenBroker): Promise<void> {
  await broker.ready();
  await redis.kill();
  await vi.waitFor(() => expect(new Set(lost)).toEqual(new Set(['commands', 'news'])), patient);
  expect(broker.health()).toEqual({ status: 'down' });
}

describe('while Redis is away', () => {
  it('a publish is rejected with PUBLISH_FAILED after the deadline', async () => {
    await using one = openBroker({ url: redis.url, timeoutMs: 100 });
    await killUnder(one);
    const error = await one.publish('lost').catch((reason) => reason);
    expect(error).toMatchObject({ code: 'PUBLISH_FAILED' });
    expect(error.cause).toBeInstanceOf(Error);
    await redis.start();
    await one.broker.ready();
    expect(one.broker.health()).toEqual({ status: 'up' });
    const page = await one.broker.read(room, null, { maxPublications: 1, maxBytes: 1 });
    expect(page.position.offset).toBe(0);
  });

  it('publishes wait for it where that was asked for, and keep their order', async () => {
    const options = { whileAway: 'wait', timeoutMs: 100, trustsPersistence: true } as const;
    await using one = openBroker({ url: redis.url, ...options });
    await one.publish(0);
    await killUnder(one);
    const publishing = Array.from({ length: 50 }, (_, index) => one.publish(index + 1));
    // Longer than a call may take, as far as it is Redis that takes it.
    await new Promise((resolve) => setTimeout(resolve, 150));
    await redis.start();
    const offsets = await Promise.all(publishing);
    expect(offsets).toEqual(offsets.map((_, index) => index + 2));
  });

  it('no more waits than is allowed', async () => {
    await redis.kill();
    const options = { whileAway: 'wait', maxWaitingBytes: 10 } as const;
    await using one = openBroker({ url: redis.url, ...options });
    const waiting = [one.publish('12345678')];
    await expect(one.publish('9')).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
    await redis.start();
    expect(await Promise.all(waiting)).toEqual([1]);
  });

  it('what waits is rejected with CLOSED when the broker is closed', async () => {
    await redis.kill();
    const one = openBroker({ url: redis.url, whileAway: 'wait' });
    const waiting = expect(one.publish('a')).rejects.toMatchObject({ code: 'CLOSED' });
    await one.broker.close();
    await waiting;
  });

  it('reading and following are rejected with CONNECTION_FAILED after the deadline', async () => {
    await redis.kill();
    await using one = openBroker({ url: redis.url, timeoutMs: 100 });
    const failed = { code: 'CONNECTION_FAILED' };
    await Promise.all([
      expect(one.broker.ready()).rejects.toMatchObject(failed),
      expect(one.broker.position(room)).rejects.toMatchObject(failed),
      expect(one.follow()).rejects.toMatchObject(failed),
    ]);
    await redis.start();
    await one.broker.ready();
    await one.follow();
    await one.publish('a');
    await one.hears('a');
  });
});

describe('a Redis that halts', () => {
  it('leaves the outcome of a publish unknown, which a retry with its key settles', async () => {
    const probe = { probeIntervalMs: 50, probeTimeoutMs: 100 };
    await using one = openBroker({ url: redis.url, timeoutMs: 200, ...probe });
    await one.follow();
    await one.publish('a');
    redis.pause();
    const unknown = { code: 'PUBLISH_OUTCOME_UNKNOWN' };
    await expect(one.publish('b', 'order-1')).rejects.toMatchObject(unknown);
    redis.resume();
    await vi.waitFor(() => one.publish('b', 'order-1'), patient);
    await one.publish('c');
    await one.hears('a', 'b', 'c');
  });

  it('does not hold up the end of the broker for longer than a call may take', async () => {
    const one = openBroker({ url: redis.url, timeoutMs: 200 });
    await one.follow();
    redis.pause();
    const publishing = Promise.allSettled([one.publish('a')]);
    await one.broker.close();
    expect(await publishing).toMatchObject([{ status: 'rejected' }]);
    redis.resume();
  });
});

describe('a Redis that refuses', () => {
  it('is told of as PUBLISH_FAILED, since nothing was appended', async () => {
    await using one = openBroker({ url: redis.url });
    const client = await createClient({ url: redis.url }).connect();
    await client.configSet('maxmemory', '1');
    await expect(one.publish('a')).rejects.toMatchObject({
      code: 'PUBLISH_FAILED',
      cause: { message: expect.stringContaining('OOM') },
    });
    await client.configSet('maxmemory', '0');
    expect(await one.publish('b')).toBe(1);
    client.destroy();
  });
});
