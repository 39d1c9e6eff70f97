import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RedisClient } from '../connection/redisClient.ts';
import { clockWithout, newCall, openCallLedger, own } from '../fakes/openCallLedger.ts';
import { type RunningRedis, startRedis } from '../testing/startRedis.ts';
import { RedisCalls } from './redisCalls.ts';

let redis: RunningRedis;
let admin: ReturnType<typeof createClient>;

beforeAll(async () => {
  redis = await startRedis();
  admin = createClient({ url: redis.url });
  await admin.connect();
});

afterAll(async () => {
  admin.destroy();
  await redis[Symbol.asyncDispose]();
});

const leaseMs = 600;
const renewAfterMs = leaseMs / 3;
const patient = { timeout: 4_000, interval: 5 };
const keysOf = (caller: string) => {
  const key = (part: string) => `roomcast:calls:{${JSON.stringify(caller)}}:${part}`;
  return { records: key('records'), ages: key('ages') };
};

describe('whoever does a call', () => {
  it('keeps it for as long as that takes', async () => {
    await using here = openCallLedger({ url: redis.url, leaseMs });
    await using there = openCallLedger({ url: redis.url, leaseMs });
    const call = newCall();
    const slow = await own(here, call);
    const claim = vi.fn();
    const waiting = there.claim(call);
    void waiting.then(claim);
    await new Promise((resolve) => setTimeout(resolve, 2.5 * leaseMs));
    expect(claim).not.toHaveBeenCalled();
    await slow.settle('"done"');
    expect(await waiting).toEqual({ status: 'done', outcome: '"done"' });
  });

  it('loses it by standing still for a lease, and what it says then is ignored', async () => {
    const clock = clockWithout(renewAfterMs);
    await using here = openCallLedger({ url: redis.url, leaseMs, clock });
    await using there = openCallLedger({ url: redis.url, leaseMs });
    const call = newCall();
    const still = await own(here, call);
    const begunAtMs = Date.now();
    const next = await own(there, call);
    expect(next.retry).toBe(true);
    expect(Date.now() - begunAtMs).toBeLessThan(2 * leaseMs);
    await still.abandon('"too late"');
    await still.settle('"the first one"');
    const waiting = here.claim(call);
    await next.settle('"the second one"');
    expect(await waiting).toEqual({ status: 'done', outcome: '"the second one"' });
  });

  it('keeps it after a lease where nobody else wants it', async () => {
    const clock = clockWithout(renewAfterMs);
    await using here = openCallLedger({ url: redis.url, leaseMs, clock });
    const call = newCall();
    const still = await own(here, call);
    await new Promise((resolve) => setTimeout(resolve, 1.5 * leaseMs));
    await still.settle('"done"');
    expect(await here.claim(call)).toEqual({ status: 'done', outcome: '"done"' });
  });

  it('has it still when its claim had to be sent twice', async () => {
    const client = new RedisClient(
      { url: redis.url },
      { onLost: () => {}, onNews: () => {}, onMoved: () => {} },
    );
    await client.connect();
    const calls = new RedisCalls({
      link: { use: (_key, task) => task(client) },
      ...{ keyPrefix: 'roomcast', leaseMs, windowMs: 10_000, maxCallerBytes: 10_000 },
    });
    const turn = { call: newCall(), token: 'first' };
    const owned = { status: 'owned', retry: false };
    expect(await calls.claim(turn, '')).toEqual(owned);
    expect(await calls.claim(turn, '')).toEqual(owned);
    const other = { ...turn, token: 'second' };
    expect(await calls.claim(other, '')).toMatchObject({ status: 'running' });
    client.destroy();
  });
});

describe('whoever waits', () => {
  it('is told at once, and not when it looks by and by', async () => {
    const slowly = { url: redis.url, leaseMs: 600_000 };
    await using here = openCallLedger(slowly);
    await using there = openCallLedger(slowly);
    await there.ready();
    const call = newCall();
    const owned = await own(here, call);
    const waiting = [there.claim(call), here.claim(call)];
    const { records } = keysOf(call.caller);
    const channel = records.replace('records', 'news');
    await vi.waitFor(async () => {
      expect(await admin.pubSubShardNumSub([channel])).toEqual({ [channel]: 2 });
    }, patient);
    await owned.settle('"done"');
    for (const claim of await Promise.all(waiting)) {
      expect(claim).toEqual({ status: 'done', outcome: '"done"' });
    }
    await vi.waitFor(async () => {
      expect(await admin.pubSubShardNumSub([channel])).toEqual({ [channel]: 0 });
    }, patient);
  });

  it('is told without news, too', async () => {
    await admin.aclSetUser('deaf', ['on', '>secret', '~*', '&*', '+@all', '-ssubscribe']);
    const url = redis.url.replace('//', '//deaf:secret@');
    await using there = openCallLedger({ url, leaseMs });
    await using here = openCallLedger({ url: redis.url, leaseMs });
    const call = newCall();
    const owned = await own(here, call);
    const waiting = there.claim(call);
    const later = newCall();
    await (await own(there, later)).settle('"later"');
    await owned.abandon('"too late"');
    expect(await waiting).toEqual({ status: 'done', outcome: '"too late"' });
  });
});

describe('what Redis holds of a caller', () => {
  it('goes by itself when all its calls are forgotten', async () => {
    await using ledger = openCallLedger({ url: redis.url, leaseMs, windowMs: 500 });
    const call = newCall();
    await (await own(ledger, call)).settle('"done"');
    const { records, ages } = keysOf(call.caller);
    expect(await admin.pTTL(records)).toBeLessThanOrEqual(500 + leaseMs);
    await vi.waitFor(async () => expect(await admin.exists([records, ages])).toBe(0), patient);
  });

  it('does not grow with calls that are forgotten one by one', async () => {
    await using ledger = openCallLedger({ url: redis.url, leaseMs, windowMs: 100 });
    const call = newCall();
    const { records, ages } = keysOf(call.caller);
    for (let round = 0; round < 3; round += 1) {
      const keys = Array.from({ length: 50 }, (_, index) => `k-${round}-${index}`);
      await Promise.all(
        keys.map(async (key) => (await own(ledger, { ...call, key })).settle('"done"')),
      );
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await own(ledger, { ...call, key: 'last' });
    const left = { records: await admin.hLen(records), ages: await admin.zCard(ages) };
    expect(left).toEqual({ records: 2, ages: 1 });
    const bytes = Number(await admin.hGet(records, 'bytes'));
    expect(bytes).toBeGreaterThan(384);
    expect(bytes).toBeLessThan(768);
  });

  it('is forgotten as a whole where a part of it is gone', async () => {
    await using ledger = openCallLedger({ url: redis.url, leaseMs });
    for (const part of ['records', 'ages'] as const) {
      const call = newCall();
      await (await own(ledger, call)).settle('"done"');
      await admin.del(keysOf(call.caller)[part]);
      const again = await own(ledger, call);
      expect(again.retry).toBe(false);
      await again.settle('"done again"');
      expect(await ledger.claim(call)).toEqual({ status: 'done', outcome: '"done again"' });
    }
  });
});
