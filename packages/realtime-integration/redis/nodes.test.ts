import { type RunningRedis, startRedis } from '@roomcast/realtime-redis/testing';
import {
  blackHole,
  type FaultProxy,
  startFaultProxy,
  WebSocketTester,
} from '@roomcast/realtime-testing';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { openSockets } from '../testing/openSockets.ts';
import { startNewsRelay } from './startNewsRelay.ts';
import { gapReasons, heardUntil, joinAt, room, sell, startNodes, tickets } from './startNodes.ts';

afterEach(async () => {
  await eventually(() => expect(openSockets()).toBe(0));
});

describe('two nodes on one Redis', () => {
  it('have one log: what one publishes reaches the members on both, in one order', async () => {
    await using redis = await startRedis();
    await using nodes = await startNodes(() => ({ url: redis.url }));
    await using alice = await joinAt(nodes, 0, 'alice');
    await using bob = await joinAt(nodes, 1, 'bob');
    await sell(nodes, 0, tickets(1, 50));
    await sell(nodes, 1, tickets(51, 100));
    expect(await heardUntil(bob, 't-100')).toEqual(tickets(1, 100));
    expect(await heardUntil(alice, 't-100')).toEqual(tickets(1, 100));
  });

  it('lose nothing of a member whose node stops: it goes on at the other one', async () => {
    await using redis = await startRedis();
    await using nodes = await startNodes(() => ({ url: redis.url }));
    await using alice = new WebSocketTester(nodes);
    await alice.connect('alice');
    await alice.join(...room);
    const first = nodes.nodes[0].manager.getConnectionCount() > 0 ? 0 : 1;
    const other = first === 0 ? 1 : 0;
    await sell(nodes, first, tickets(1, 20));
    await heardUntil(alice, 't-20');
    await Promise.all([nodes.stop(first), sell(nodes, other, tickets(21, 60))]);
    await expect(alice.waitForRecovery(...room)).resolves.toMatchObject({ status: 'resumed' });
    expect(await heardUntil(alice, 't-60')).toEqual(tickets(1, 60));
    expect(nodes.nodes[other].manager.getConnectionCount()).toBe(1);
  });
});

describe('a Redis that is killed and started again', () => {
  async function killAmidSales(
    redis: RunningRedis,
    { trustsPersistence = false, expectsGap = false },
  ) {
    await using nodes = await startNodes(() => ({ url: redis.url, trustsPersistence }));
    await using alice = await joinAt(nodes, 1, 'alice');
    const gaps = () => gapReasons(alice);
    await sell(nodes, 0, tickets(1, 10));
    await heardUntil(alice, 't-10');
    await redis.kill();
    await redis.start();
    await sell(nodes, 0, tickets(11, 20));
    if (expectsGap) await eventually(() => expect(gaps()).not.toEqual([]));
    await sell(nodes, 0, ['t-21']);
    return { heard: await heardUntil(alice, 't-21'), gaps: gaps() };
  }

  it('with its data goes on, and no member notices', async () => {
    await using redis = await startRedis({ keepsData: true });
    const { heard, gaps } = await killAmidSales(redis, { trustsPersistence: true });
    expect(heard).toEqual(tickets(1, 21));
    expect(gaps).toEqual([]);
  });

  it('without its data is a gap for the members: epoch-changed', async () => {
    await using redis = await startRedis();
    const { heard, gaps } = await killAmidSales(redis, { expectsGap: true });
    expect(gaps).toEqual(['epoch-changed']);
    expect(new Set(heard).size).toBe(heard.length);
  });

  it('with its data is a gap as well, unless that is said to be whole', async () => {
    await using redis = await startRedis({ keepsData: true });
    const { gaps } = await killAmidSales(redis, { expectsGap: true });
    expect(gaps).toEqual(['epoch-changed']);
  });
});

describe('the way from a node to Redis', () => {
  async function sellDuring(fault: (proxy: FaultProxy) => Promise<void>) {
    await using redis = await startRedis();
    await using proxy = await startFaultProxy(redis.port);
    const through = `redis://127.0.0.1:${proxy.port}`;
    await using nodes = await startNodes((node) => ({ url: node === 1 ? through : redis.url }));
    await using alice = await joinAt(nodes, 1, 'alice');
    await sell(nodes, 0, tickets(1, 10));
    await heardUntil(alice, 't-10');
    const selling = sell(nodes, 0, tickets(11, 200));
    await fault(proxy);
    await selling;
    await sell(nodes, 1, ['t-201']);
    const heard = await heardUntil(alice, 't-201');
    return { heard, gaps: gapReasons(alice) };
  }

  it('is cut again and again, and members on the node miss nothing', async () => {
    const { heard, gaps } = await sellDuring(async (proxy) => {
      for (let cut = 0; cut < 5; cut += 1) {
        proxy.cut();
        await eventually(() => expect(proxy.connections).toBe(2));
      }
    });
    expect(heard).toEqual(tickets(1, 201));
    expect(gaps).toEqual([]);
  });

  it('leads into a black hole and out again, and members on the node miss nothing', async () => {
    const { heard } = await sellDuring(async (proxy) => {
      const heal = proxy.apply(blackHole());
      const opened = proxy.connections;
      // The probe gives up what it hears nothing on: another connection takes its place.
      await eventually(() => expect(proxy.connections).not.toBe(opened));
      heal();
    });
    expect(heard).toEqual(tickets(1, 201));
  });

  it('lets nothing in any more, which the probe finds', async () => {
    await using redis = await startRedis();
    await using proxy = await startFaultProxy(redis.port);
    const url = `redis://127.0.0.1:${proxy.port}`;
    await using nodes = await startNodes((node) => (node === 1 ? { url } : { url: redis.url }));
    await using alice = await joinAt(nodes, 1, 'alice');
    await sell(nodes, 0, ['t-1']);
    await heardUntil(alice, 't-1');
    const heal = proxy.apply(blackHole({ direction: 'toClient' }));
    await sell(nodes, 0, ['t-2']);
    const opened = proxy.connections;
    await eventually(() => expect(proxy.connections).not.toBe(opened));
    heal();
    expect(await heardUntil(alice, 't-2')).toEqual(['t-1', 't-2']);
  });

  it('lets no news in any more while commands work: nothing is missed for long', async () => {
    await using redis = await startRedis();
    await using relay = await startNewsRelay(redis.port);
    await using nodes = await startNodes((node) => ({ url: node === 1 ? relay.url : redis.url }));
    await using alice = await joinAt(nodes, 1, 'alice');
    await sell(nodes, 0, ['t-1']);
    await heardUntil(alice, 't-1');
    relay.starveNews();
    await sell(nodes, 0, ['t-2']);
    await sell(nodes, 1, ['t-3']);
    expect(await heardUntil(alice, 't-3')).toEqual(tickets(1, 3));
    expect(relay.newsConnections).toBe(2);
    await sell(nodes, 0, ['t-4']);
    expect(await heardUntil(alice, 't-4')).toEqual(tickets(1, 4));
    expect(gapReasons(alice)).toEqual([]);
  });
});
