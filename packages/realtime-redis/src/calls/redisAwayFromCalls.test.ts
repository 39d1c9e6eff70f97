import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newCall, openCallLedger, own } from '../fakes/openCallLedger.ts';
import { type RunningRedis, startRedis } from '../testing/startRedis.ts';

let redis: RunningRedis;

beforeEach(async () => {
  redis = await startRedis();
});

afterEach(() => redis[Symbol.asyncDispose]());

const leaseMs = 600;
const failed = { code: 'CONNECTION_FAILED' };

describe('while Redis is away', () => {
  it('a claim is rejected with CONNECTION_FAILED after the deadline, and owns nothing later', async () => {
    await using ledger = openCallLedger({ url: redis.url, leaseMs, timeoutMs: 500 });
    await ledger.ready();
    await redis.kill();
    const call = newCall();
    await expect(ledger.claim(call)).rejects.toMatchObject(failed);
    await redis.start();
    await ledger.ready();
    expect((await own(ledger, call)).retry).toBe(false);
  });

  it('the ledger says that it is down, until Redis is back', async () => {
    await using ledger = openCallLedger({ url: redis.url, leaseMs, timeoutMs: 500 });
    await ledger.ready();
    expect(ledger.health()).toEqual({ status: 'up' });
    await redis.kill();
    await vi.waitFor(() => expect(ledger.health()).toEqual({ status: 'down' }));
    await redis.start();
    await ledger.ready();
    expect(ledger.health()).toEqual({ status: 'up' });
    await ledger.close();
    expect(ledger.health()).toEqual({ status: 'down' });
  });

  it('an outcome resolves after the deadline, and is told as lost', async () => {
    const onError = vi.fn();
    await using ledger = openCallLedger({ url: redis.url, leaseMs, timeoutMs: 500, onError });
    const owned = await own(ledger, newCall());
    await redis.kill();
    await owned.settle('"done"');
    expect(onError).toHaveBeenCalledWith(expect.objectContaining(failed), 'call outcome');
  });

  it('whoever waits is refused once Redis is away for too long', async () => {
    await using ledger = openCallLedger({ url: redis.url, leaseMs, timeoutMs: 500 });
    const call = newCall();
    await own(ledger, call);
    const refused = expect(ledger.claim(call)).rejects.toMatchObject(failed);
    await redis.kill();
    await refused;
  });

  it('closing takes no longer than the deadline', async () => {
    const ledger = openCallLedger({ url: redis.url, leaseMs, timeoutMs: 500 });
    const owned = await own(ledger, newCall());
    redis.pause();
    const settling = owned.settle('"done"');
    const claiming = ledger.claim(newCall());
    const refused = expect(claiming).rejects.toMatchObject({ code: 'CLOSED' });
    await ledger.close();
    await Promise.all([settling, refused]);
    redis.resume();
  });
});

describe('a Redis that has lost everything', () => {
  it('takes the outcome of a call that was begun before', async () => {
    await using here = openCallLedger({ url: redis.url, leaseMs });
    await using there = openCallLedger({ url: redis.url, leaseMs });
    const call = newCall();
    const owned = await own(here, call);
    await redis.kill();
    await redis.start();
    await owned.settle('"done"');
    expect(await there.claim(call)).toEqual({ status: 'done', outcome: '"done"' });
  });

  it('hears from whoever does a call that it still does', async () => {
    await using here = openCallLedger({ url: redis.url, leaseMs });
    await using there = openCallLedger({ url: redis.url, leaseMs });
    const call = newCall();
    const owned = await own(here, call);
    await redis.kill();
    await redis.start();
    await here.ready();
    // Until the next renewal.
    await new Promise((resolve) => setTimeout(resolve, leaseMs));
    const waiting = there.claim(call);
    await owned.settle('"done"');
    expect(await waiting).toEqual({ status: 'done', outcome: '"done"' });
  });
});
