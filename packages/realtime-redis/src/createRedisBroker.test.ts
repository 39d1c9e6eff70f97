import { createClient, type RedisClientType } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBroker, room } from './fakes/openBroker.ts';
import { type RunningRedis, startRedis } from './testing/startRedis.ts';

let redis: RunningRedis;
let admin: RedisClientType;

beforeAll(async () => {
  redis = await startRedis();
  admin = createClient({ url: redis.url });
  await admin.connect();
});

beforeEach(async () => {
  await admin.flushAll();
});

afterEach(async () => {
  await vi.waitFor(async () => expect(await admin.pubSubShardChannels()).toEqual([]));
});

afterAll(async () => {
  admin.destroy();
  await redis[Symbol.asyncDispose]();
});

const ample = { maxPublications: 100, maxBytes: 1_000_000 };
const key = (part: string) => `roomcast:{${room}}:${part}`;

describe('two brokers on one Redis', () => {
  it('share the log: what one publishes the followers of both hear, in one order', async () => {
    await using one = openBroker({ url: redis.url });
    await using other = openBroker({ url: redis.url });
    await Promise.all([one.follow(), other.follow()]);
    for (const payload of ['a', 'b', 'c', 'd']) {
      await (payload < 'c' ? one : other).publish(payload);
    }
    await one.hears('a', 'b', 'c', 'd');
    await other.hears('a', 'b', 'c', 'd');
  });

  it('share idempotency keys', async () => {
    await using one = openBroker({ url: redis.url });
    await using other = openBroker({ url: redis.url });
    const offsets = await Promise.all([one, other].map(({ publish }) => publish('a', 'order-1')));
    expect(offsets).toEqual([1, 1]);
    expect(await other.publish('b')).toBe(2);
  });

  it('know nothing of each other under another prefix', async () => {
    await using one = openBroker({ url: redis.url });
    await using other = openBroker({ url: redis.url, keyPrefix: 'staging' });
    await other.follow();
    await one.publish('a');
    await other.publish('b');
    await other.hears('b');
  });
});

describe('a broker', () => {
  it('subscribes to the rooms that are followed, and to no others', async () => {
    await using one = openBroker({ url: redis.url });
    await one.publish('a');
    const rooms = async () =>
      (await admin.pubSubShardChannels()).filter((name) => !name.includes(':probe:'));
    const listener = { onPublication() {}, onGap() {} };
    const first = await one.broker.subscribe(room, listener);
    const second = await one.broker.subscribe(room, listener);
    expect(await rooms()).toEqual([key('news')]);
    first.unsubscribe();
    second.unsubscribe();
    await vi.waitFor(async () => expect(await rooms()).toEqual([]));
    const third = await one.broker.subscribe(room, listener);
    third.unsubscribe();
    // In the turn in which the last one went: the channel is given up and taken again.
    await one.follow();
    await one.publish('b');
    await one.hears('b');
    expect(await rooms()).toEqual([key('news')]);
  });

  it('reads what it missed while its connections were cut, each publication once', async () => {
    await using cut = openBroker({ url: redis.url });
    await using whole = openBroker({ url: redis.url });
    await cut.follow();
    await cut.publish(0);
    for (let number = 1; number <= 20; number += 1) {
      if (number % 5 === 0) await admin.sendCommand(['CLIENT', 'KILL', 'SKIPME', 'yes']);
      await vi.waitFor(() => whole.publish(number, `number-${number}`), { timeout: 4_000 });
    }
    await cut.hears(...Array.from({ length: 21 }, (_, number) => number));
  });

  it('reads when its news are back, although nothing new is told', async () => {
    const backoff = { minDelayMs: 200, maxDelayMs: 200, jitter: 0 };
    await using cut = openBroker({ url: redis.url, backoff });
    await using whole = openBroker({ url: redis.url });
    await cut.follow();
    await whole.publish('a');
    await cut.hears('a');
    await admin.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
    await whole.publish('b');
    expect(cut.heard).toEqual(['a']);
    await cut.hears('a', 'b');
  });

  it('finds what no news told of when it compares positions', async () => {
    await using one = openBroker({ url: redis.url, compareIntervalMs: 50 });
    await one.follow();
    await one.publish('a');
    await one.hears('a');
    // As if another one had published, whose news were lost.
    const meta = await admin.hGetAll(key('meta'));
    const text = JSON.stringify({
      ...{ room, event: 'sold', payload: 'b', delivery: 'reliable', publishedAtMs: Date.now() },
      position: { epoch: meta.epoch, offset: 2, revision: 0 },
    });
    const entry = { bytes: '3', text };
    await admin
      .multi()
      .xAdd(key('log'), `2-${Date.now()}`, entry)
      .hSet(key('meta'), { offset: '2', historyBytes: '6' })
      .exec();
    await one.hears('a', 'b');
  });

  it('takes the time from its clock, and lets keys expire that nobody uses', async () => {
    const clock = { now: () => 1_234_567.8, schedule: () => () => {} };
    const bounds = { history: { maxAgeMs: 1_000 }, forgetAfterMs: 240_000 };
    await using one = openBroker({ url: redis.url, clock, ...bounds });
    await one.follow();
    await one.publish('a', 'order-1');
    expect(await admin.xRange(key('log'), '-', '+')).toMatchObject([{ id: '1-1234567' }]);
    for (const part of ['meta', 'log', 'once', 'once-times']) {
      const expiresInMs = await admin.pTTL(key(part));
      expect(expiresInMs).toBeGreaterThan(1_000);
      expect(expiresInMs).toBeLessThanOrEqual(300_000);
    }
  });

  it('forgets idempotency keys after five minutes', async () => {
    let nowMs = 1_000_000;
    const clock = { now: () => nowMs, schedule: () => () => {} };
    await using one = openBroker({ url: redis.url, clock });
    await one.publish('a', 'order-1');
    nowMs += 299_999;
    expect(await one.publish('again', 'order-1')).toBe(1);
    nowMs += 1;
    expect(await one.publish('anew', 'order-1')).toBe(2);
    nowMs += 1_000_000;
    await one.publish('b', 'order-2');
    expect(await admin.hKeys(key('once'))).toEqual(['"order-2"']);
  });

  it('is gone for good when it is closed, and may be closed by `await using`', async () => {
    const { broker } = openBroker({ url: redis.url });
    await broker.ready();
    expect(broker.health()).toEqual({ status: 'up' });
    await broker.close();
    expect(broker.health()).toEqual({ status: 'down' });
    await expect(broker.ready()).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(broker.read(room, null, ample)).rejects.toMatchObject({ code: 'CLOSED' });
    const clients = await admin.sendCommand(['CLIENT', 'LIST']);
    expect(String(clients).trim().split('\n')).toHaveLength(1);
  });

  it('refuses a room that cannot have a hash tag', async () => {
    await using one = openBroker({ url: redis.url });
    const input = { event: 'sold', payload: 1, delivery: 'reliable' } as const;
    for (const name of ['', '}']) {
      const refused = { code: 'INVALID_ROOM' };
      await expect(one.broker.publish({ room: name, ...input })).rejects.toMatchObject(refused);
      await expect(one.broker.position(name)).rejects.toMatchObject(refused);
    }
  });
});

describe('a store that has lost something', () => {
  const losses: [lost: string, lose: () => Promise<unknown>][] = [
    ['everything', () => admin.flushAll()],
    ['the counters', () => admin.del(key('meta'))],
    ['latest values', () => admin.del(key('latest'))],
    ['the order of latest values', () => admin.del(key('values'))],
    ['a part of the history', () => admin.xTrim(key('log'), 'MAXLEN', 1)],
    ['the server that wrote it', () => admin.hSet(key('meta'), 'runId', 'another')],
  ];

  it.each(losses)('%s begins a new epoch, which followers are told', async (_, lose) => {
    await using one = openBroker({ url: redis.url });
    await one.follow();
    await one.publish('a');
    await one.publish('b');
    await one.broker.publish({ room, event: 'price', payload: 1, delivery: 'latest', key: 'a' });
    const known = await one.broker.position(room);
    await lose();
    expect(await one.publish('c')).toBe(1);
    await one.hears('a', 'b', 1, 'gap epoch-changed');
    const page = await one.broker.read(room, known, ample);
    expect(page).toMatchObject({ status: 'gap', reason: 'epoch-changed' });
    expect(await admin.xLen(key('log'))).toBe(1);
  });

  it('its whole history is a gap, and the position stays', async () => {
    await using one = openBroker({ url: redis.url });
    const start = await one.broker.position(room);
    await one.publish('a');
    await admin.del(key('log'));
    const page = await one.broker.read(room, start, ample);
    expect(page).toMatchObject({ status: 'gap', reason: 'expired', missed: 1 });
    expect(await one.publish('b')).toBe(2);
  });
});
