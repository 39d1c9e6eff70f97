import type { RoomcastError } from '@roomcast/realtime-contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRedisBroker } from './createRedisBroker.ts';
import { openFollower } from './fakes/openFollower.ts';
import {
  type ClusterNode,
  type RunningCluster,
  startRedisCluster,
} from './fakes/startRedisCluster.ts';
import type { RedisBroker } from './redisBroker.ts';
import type { RedisBrokerOptions } from './redisBrokerOptions.ts';

let cluster: RunningCluster;

beforeAll(async () => {
  cluster = await startRedisCluster();
}, 20_000);

afterAll(() => cluster[Symbol.asyncDispose]());

const patient = { timeout: 5_000, interval: 5 };
const ample = { maxPublications: 10_000, maxBytes: 10_000_000 };

async function openBroker(options: RedisBrokerOptions = {}): Promise<RedisBroker> {
  const broker = createRedisBroker({
    cluster: { nodes: cluster.urls },
    backoff: { minDelayMs: 5, maxDelayMs: 50 },
    ...{ probeIntervalMs: 50, history: { maxPublications: 10_000 } },
    ...options,
  });
  await broker.ready();
  return broker;
}

let rooms = 0;

/** The name of a room that no test has used, held by a master. */
async function roomAt(node: ClusterNode): Promise<string> {
  for (;;) {
    rooms += 1;
    if ((await cluster.holderOf(`{event-${rooms}}`)) === node) return `event-${rooms}`;
  }
}

async function publish(broker: RedisBroker, room: string, payload: unknown): Promise<number> {
  const { position } = await broker.publish({
    ...{ room, event: 'sold', payload, delivery: 'reliable' },
  });
  return position.offset;
}

async function moveRoom(room: string, to: ClusterNode, halfWay?: () => Promise<void>) {
  const slot = await cluster.slotOf(`{${room}}`);
  await cluster.migrateSlot(slot, to, halfWay ? { halfWay } : {});
}

describe('two brokers on a cluster', () => {
  it('hear each other in the rooms of every master, in one order', async () => {
    await using one = await openBroker();
    await using other = await openBroker({ cluster: { nodes: [cluster.urls[2] ?? ''] } });
    for (const node of cluster.masters) {
      const room = await roomAt(node);
      const followers = await Promise.all([openFollower(one, room), openFollower(other, room)]);
      for (const payload of ['a', 'b', 'c', 'd']) {
        await publish(payload < 'c' ? one : other, room, payload);
      }
      for (const follower of followers) {
        await vi.waitFor(() => expect(follower.payloads).toEqual(['a', 'b', 'c', 'd']), patient);
      }
    }
  });

  it.each(['{', 'a}b', '{}x', 'é{ü}🎟', ' ', 'x'.repeat(200)])(
    'know who holds the room %j',
    async (room) => {
      await using one = await openBroker();
      const follower = await openFollower(one, room);
      await publish(one, room, 'a');
      await vi.waitFor(() => expect(follower.payloads).toEqual(['a']), patient);
    },
  );

  it('leave no connection behind', async () => {
    const clients = async () =>
      (await Promise.all(cluster.masters.map((node) => node.command('CLIENT', 'LIST'))))
        .map((list) => String(list).trim().split('\n').length)
        .reduce((sum, count) => sum + count);
    const before = await clients();
    const broker = await openBroker();
    await openFollower(broker, 'event-left');
    expect(await clients()).toBeGreaterThanOrEqual(before + 6);
    await broker.close();
    await vi.waitFor(async () => expect(await clients()).toBe(before), patient);
  });
});

describe('a room whose slot moves to another master', () => {
  it.each([
    ['under load loses nothing in silence', false],
    ['under load loses nothing at all where the data of all masters are trusted', true],
  ])('%s, and nothing comes twice or out of order', async (_, trustsPersistence) => {
    const [home, away] = cluster.masters;
    await using one = await openBroker({ trustsPersistence });
    await using other = await openBroker({ trustsPersistence });
    const room = await roomAt(home);
    const followers = await Promise.all([openFollower(one, room), openFollower(other, room)]);
    const resolved: string[] = [];
    const rejected: { payload: string; code: string }[] = [];
    let isMoving = true;
    const load = [one, other].map(async (broker, index) => {
      const publishing: Promise<void>[] = [];
      for (let number = 1; isMoving; number += 1) {
        const payload = `${index}-${number}`;
        const done = broker
          .publish({ room, event: 'sold', payload, delivery: 'reliable' })
          .then(() => void resolved.push(payload))
          .catch(({ code }: RoomcastError) => void rejected.push({ payload, code }));
        publishing.push(done);
        // In bursts, so that many are under way when the slot goes.
        if (number % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await Promise.all(publishing);
    });
    for (let turn = 0; turn < 10; turn += 1) {
      await moveRoom(room, turn % 2 === 0 ? away : home);
    }
    isMoving = false;
    await Promise.all(load);
    const end = await one.position(room);
    for (const follower of followers) {
      await vi.waitFor(() => expect(follower.standsAt()).toEqual(end), patient);
      const heard = new Set(follower.payloads);
      expect(heard.size).toBe(follower.payloads.length);
      // No publication of a broker overtook another one.
      for (const index of [0, 1]) {
        const numbers = [...heard].map(String).filter((payload) => payload.startsWith(`${index}-`));
        const inOrder = numbers.toSorted((a, b) => Number(a.slice(2)) - Number(b.slice(2)));
        expect(numbers).toEqual(inOrder);
      }
      const missed = resolved.filter((payload) => !heard.has(payload));
      if (missed.length > 0) expect(follower.gaps).toContain('epoch-changed');
      if (trustsPersistence) expect([missed, follower.gaps]).toEqual([[], []]);
      for (const { payload, code } of rejected) {
        if (code === 'PUBLISH_FAILED') expect(heard.has(payload)).toBe(false);
      }
    }
    expect(resolved.length).toBeGreaterThan(100);
  });

  it('is heard there, although it was quiet when it moved', async () => {
    const [, home, away] = cluster.masters;
    await using one = await openBroker();
    await using other = await openBroker();
    const room = await roomAt(home);
    const follower = await openFollower(one, room);
    await publish(other, room, 'a');
    await moveRoom(room, away);
    await vi.waitFor(() => expect(follower.gaps).toEqual(['epoch-changed']), patient);
    await publish(other, room, 'b');
    await vi.waitFor(() => expect(follower.payloads.at(-1)).toBe('b'), patient);
    follower.standsAt();
  });

  it('takes publishes in the order of their calls once it has arrived', async () => {
    const [home, away] = cluster.masters;
    await using broker = await openBroker();
    const room = await roomAt(home);
    await publish(broker, room, 0);
    const publishing: Promise<number>[] = [];
    await moveRoom(room, away, async () => {
      for (let number = 1; number <= 20; number += 1) {
        publishing.push(publish(broker, room, number));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    });
    const offsets = await Promise.all(publishing);
    expect(offsets).toEqual(offsets.map((_, index) => (offsets[0] ?? 0) + index));
  });

  it('rejects with PUBLISH_FAILED what waits for too long, and has not appended it', async () => {
    const [home, away] = cluster.masters;
    await using broker = await openBroker({ timeoutMs: 200 });
    const room = await roomAt(home);
    await publish(broker, room, 'a');
    await moveRoom(room, away, async () => {
      const failed = {
        code: 'PUBLISH_FAILED',
        cause: { message: expect.stringMatching(/^(ASK|TRYAGAIN) /) },
      };
      await expect(publish(broker, room, 'lost')).rejects.toMatchObject(failed);
      await expect(broker.position(room)).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
    });
    await publish(broker, room, 'b');
    const { position } = await broker.read(room, null, ample);
    expect(position.offset).toBeLessThanOrEqual(2);
  });
});

describe('a master that halts', () => {
  it('leaves the outcome of its publishes unknown, and no other room notices', async () => {
    const [halted, whole] = cluster.masters;
    await using broker = await openBroker({ timeoutMs: 300, probeTimeoutMs: 100 });
    const [gone, kept] = [await roomAt(halted), await roomAt(whole)];
    const goneFollower = await openFollower(broker, gone);
    const keptFollower = await openFollower(broker, kept);
    const sell = (payload: string) =>
      broker.publish({
        ...{ room: gone, event: 'sold', payload, delivery: 'reliable', idempotencyKey: payload },
      });
    await sell('a');
    halted.pause();
    const unknown = expect(sell('b')).rejects.toMatchObject({ code: 'PUBLISH_OUTCOME_UNKNOWN' });
    for (const payload of [1, 2, 3]) await publish(broker, kept, payload);
    await unknown;
    await publish(broker, kept, 4);
    halted.resume();
    await vi.waitFor(() => sell('b'), patient);
    await sell('c');
    await vi.waitFor(() => expect(goneFollower.payloads).toEqual(['a', 'b', 'c']), patient);
    await vi.waitFor(() => expect(keptFollower.payloads).toEqual([1, 2, 3, 4]), patient);
    expect([...goneFollower.gaps, ...keptFollower.gaps]).toEqual([]);
  });
});

describe('a master that is killed', () => {
  it('hurts its own rooms only, which begin anew when it is back', async () => {
    const [killed, whole] = cluster.masters;
    const lost = new Set<string>();
    const onError = (_: unknown, source: string) => void lost.add(source);
    await using broker = await openBroker({ timeoutMs: 300, onError });
    const [gone, kept] = [await roomAt(killed), await roomAt(whole)];
    const goneFollower = await openFollower(broker, gone);
    const keptFollower = await openFollower(broker, kept);
    await Promise.all([publish(broker, gone, 'a'), publish(broker, kept, 'a')]);
    await vi.waitFor(() => expect(goneFollower.payloads).toEqual(['a']), patient);
    await killed.kill();
    await vi.waitFor(() => expect(lost).toEqual(new Set(['commands', 'news'])), patient);
    expect(broker.health()).toEqual({ status: 'down' });
    const failing = expect(publish(broker, gone, 'lost')).rejects.toMatchObject({
      code: 'PUBLISH_FAILED',
    });
    for (const payload of ['b', 'c']) await publish(broker, kept, payload);
    await failing;
    await killed.start();
    await vi.waitFor(() => expect(goneFollower.gaps).toEqual(['epoch-changed']), patient);
    await publish(broker, gone, 'd');
    await vi.waitFor(() => expect(goneFollower.payloads).toEqual(['a', 'd']), patient);
    expect(keptFollower.payloads).toEqual(['a', 'b', 'c']);
    expect(keptFollower.gaps).toEqual([]);
    await vi.waitFor(() => expect(broker.health().status).toBe('up'), patient);
  });
});

describe('a replica that takes over from a killed master', () => {
  it('begins new epochs, since it may lack what was acknowledged last', async () => {
    const [, killed] = cluster.masters;
    const replica = await cluster.addReplica(killed);
    await using broker = await openBroker();
    const room = await roomAt(killed);
    const follower = await openFollower(broker, room);
    await publish(broker, room, 'a');
    await vi.waitFor(() => expect(follower.payloads).toEqual(['a']), patient);
    const replicated = () => replica.command('KEYS', `roomcast:{${room}}:log`);
    await vi.waitFor(async () => expect(await replicated()).toHaveLength(1), patient);
    await killed.kill();
    await replica.command('CLUSTER', 'FAILOVER', 'TAKEOVER');
    const hasTakenOver = () => expect(follower.gaps).toEqual(['epoch-changed']);
    await vi.waitFor(hasTakenOver, { timeout: 10_000, interval: 20 });
    await publish(broker, room, 'b');
    await vi.waitFor(() => expect(follower.payloads).toEqual(['a', 'b']), patient);
    expect(String(await replica.command('INFO', 'replication'))).toContain('role:master');
    expect(broker.health()).toEqual({ status: 'up' });
  }, 20_000);
});
