import { createOutbox, createRealtimeClient } from '@roomcast/realtime-client';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { startFaultProxy } from '@roomcast/realtime-testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed } from '../protocol/framedConnection.ts';
import { clubContract } from '../server/clubContract.ts';
import { openSockets } from '../testing/openSockets.ts';
import { type Say, say, startCallNodeProcess, startCallNodes } from './startCallNodes.ts';

afterEach(async () => {
  await eventually(() => expect(openSockets()).toBe(0));
});

const done = { ok: true, value: { length: 5 } };
const failure = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });

/** A handler that ends when the test says so. */
function endless() {
  const finish: (() => void)[] = [];
  const handler = vi.fn<Say>(
    ({ text }) => new Promise((resolve) => finish.push(() => resolve({ length: text.length }))),
  );
  return { handler, finish };
}

describe('a call with a key, on two nodes with one ledger,', () => {
  it('that comes to both at once is done once, and both get the first outcome', async () => {
    const { handler, finish } = endless();
    await using redis = await startRedis();
    await using cluster = await startCallNodes(() => ({ url: redis.url }), handler);
    using one = await connectFramed(cluster.nodes[0].url, { token: 'alice' });
    using other = await connectFramed(cluster.nodes[1].url, { token: 'alice' });
    const key = { idempotencyKey: 'k-1' };
    const answers = [one, other, one, other].map((node) => node.ask('say', { text: 'hello' }, key));
    // What was asked later is asked as long as the first one runs.
    await eventually(() => expect(finish).toHaveLength(1));
    await Promise.all([one.ask('ping'), other.ask('ping')]);
    finish[0]?.();
    expect(await Promise.all(answers)).toEqual([done, done, done, done]);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('is repeated at the other one, and after a restart of both, with the first answer', async () => {
    const handler = vi.fn<Say>(async ({ text }, { publisher }) => {
      await publisher.publish({
        ...{ room: 'event-42', event: 'said', payload: { text }, delivery: 'reliable' },
      });
      return { length: text.length };
    });
    await using redis = await startRedis();
    await using cluster = await startCallNodes(() => ({ url: redis.url }), handler);
    const first = await say(cluster.nodes[0].url, 'k-1');
    expect(first).toMatchObject({ ...done, positions: [{ room: 'event-42' }] });
    expect(await say(cluster.nodes[1].url, 'k-1')).toEqual(first);
    for (const node of [0, 1]) await cluster.restart(node);
    expect(await say(cluster.nodes[0].url, 'k-1')).toEqual(first);
    const other = await say(cluster.nodes[1].url, 'k-1', 'goodbye');
    expect(other).toEqual(failure('IDEMPOTENCY_CONFLICT'));
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('is handed out again, marked as a retry, where its node is killed', async () => {
    const handler = vi.fn<Say>(({ text }) => ({ length: text.length }));
    await using redis = await startRedis();
    await using cluster = await startCallNodes(() => ({ url: redis.url }), handler);
    await using doomed = await startCallNodeProcess(redis.url);
    using alice = await connectFramed(doomed.url, { token: 'alice' });
    const lost = alice.ask('say', { text: 'hello' }, { idempotencyKey: 'k-1' });
    lost.catch(() => {});
    expect(await doomed.says()).toBe('begun false');
    const retried = say(cluster.nodes[0].url, 'k-1');
    await doomed.kill();
    expect(await retried).toEqual(done);
    expect(await say(cluster.nodes[1].url, 'k-1')).toEqual(done);
    expect(handler.mock.calls.map(([, { retry }]) => retry)).toEqual([true]);
  });

  it('is sent again by an outbox where its node is killed, and settles', async () => {
    const handler = vi.fn<Say>(({ text }) => ({ length: text.length }));
    await using redis = await startRedis();
    await using cluster = await startCallNodes(() => ({ url: redis.url }), handler);
    await using doomed = await startCallNodeProcess(redis.url);
    let port = Number(new URL(doomed.url).port);
    await using entrance = await startFaultProxy(() => port);
    await using client = createRealtimeClient({
      ...{ contract: clubContract, url: `http://127.0.0.1:${entrance.port}` },
      ...{ getToken: () => 'alice', outbox: createOutbox({ actions: ['say'] }) },
      backoff: { minDelayMs: 5, maxDelayMs: 20 },
    });
    const answer = client.call('say', { text: 'hello' });
    expect(await doomed.says()).toBe('begun false');
    port = cluster.nodes[0].port;
    await doomed.kill();
    expect(await answer).toEqual({ length: 5 });
    expect(handler.mock.calls.map(([, { retry }]) => retry)).toEqual([true]);
  });
});

describe('a ledger whose Redis is away', () => {
  it('lets no handler run, says so, and is asked again', async () => {
    const handler = vi.fn<Say>(({ text }) => ({ length: text.length }));
    await using redis = await startRedis();
    const options = () => ({ url: redis.url, timeoutMs: 500 });
    await using cluster = await startCallNodes(options, handler);
    const [{ url, errors }] = cluster.nodes;
    await redis.kill();
    expect(await say(url, 'k-1')).toEqual(failure('INTERNAL'));
    expect(handler).not.toHaveBeenCalled();
    expect(errors).toMatchObject([{ source: 'call ledger', error: { code: 'CONNECTION_FAILED' } }]);
    await redis.start();
    await eventually(async () => expect(await say(url, 'k-1')).toEqual(done));
    expect(await say(cluster.nodes[1].url, 'k-1')).toEqual(done);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('settles a call that was begun before, and one that waits', async () => {
    const { handler, finish } = endless();
    await using redis = await startRedis();
    const options = () => ({ url: redis.url, timeoutMs: 500 });
    await using cluster = await startCallNodes(options, handler);
    const answer = say(cluster.nodes[0].url, 'k-1');
    await eventually(() => expect(finish).toHaveLength(1));
    const waiting = say(cluster.nodes[1].url, 'k-1');
    await redis.kill();
    expect(await waiting).toEqual(failure('INTERNAL'));
    finish[0]?.();
    expect(await answer).toEqual(done);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('remembers the outcome where Redis comes back in time', async () => {
    const { handler, finish } = endless();
    await using redis = await startRedis();
    await using cluster = await startCallNodes(() => ({ url: redis.url }), handler);
    const answer = say(cluster.nodes[0].url, 'k-1');
    await eventually(() => expect(finish).toHaveLength(1));
    await redis.kill();
    finish[0]?.();
    await redis.start();
    expect(await answer).toEqual(done);
    expect(await say(cluster.nodes[1].url, 'k-1')).toEqual(done);
    expect(handler).toHaveBeenCalledTimes(1);
  });
});
