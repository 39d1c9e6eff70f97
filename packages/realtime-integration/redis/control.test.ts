import { startRedis } from '@roomcast/realtime-redis/testing';
import { startFaultProxy } from '@roomcast/realtime-testing';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed } from '../protocol/framedConnection.ts';
import { openSockets } from '../testing/openSockets.ts';
import { startControlNodeProcess } from './startControlNodeProcess.ts';
import { type ControlNode, leaseMs, startControlNodes } from './startControlNodes.ts';

afterEach(async () => {
  await eventually(() => expect(openSockets()).toBe(0));
});

const revoked = { error: { code: 'TOKEN_REVOKED', message: expect.any(String) } };
const issuedAtMs = Date.now() - 60_000;
const aliceToken = `alice t-1 ${issuedAtMs}`;

/** With what a node refuses a token, or null. */
async function refusalOf({ url }: ControlNode, token: string): Promise<string | null> {
  try {
    using _ = await connectFramed(url, { token });
    return null;
  } catch (error) {
    return (error as { data: { code: string } }).data.code;
  }
}

const idOf = ({ manager }: ControlNode) => manager.cluster.nodeId;
const seenBy = ({ manager }: ControlNode) => manager.cluster.nodes().map(({ id }) => id);
const allSeeAll = (nodes: readonly ControlNode[]) =>
  eventually(() => {
    for (const node of nodes) expect(seenBy(node).sort()).toEqual(nodes.map(idOf).sort());
  });

describe('what one of three nodes revokes', () => {
  it('is over on the others too, with a reason, and refused there', async () => {
    await using redis = await startRedis();
    await using cluster = await startControlNodes(redis.url, redis.url, redis.url);
    const [a, b, c] = cluster.nodes as [ControlNode, ControlNode, ControlNode];
    using onB = await connectFramed(b.url, { token: aliceToken });
    using onC = await connectFramed(c.url, { token: aliceToken });
    using bob = await connectFramed(c.url, { token: `bob t-2 ${issuedAtMs}` });
    await a.manager.sessions.revokeUser('alice');
    await Promise.all([onB.raw.closed, onC.raw.closed]);
    expect([onB.frames('C'), onC.frames('C')]).toEqual([[revoked], [revoked]]);
    for (const node of cluster.nodes) {
      expect(await refusalOf(node, aliceToken)).toBe('TOKEN_REVOKED');
    }
    expect(await refusalOf(b, `alice t-3 ${Date.now() + 1_000}`)).toBeNull();
    expect(bob.raw.isOpen).toBe(true);
    expect(cluster.nodes.flatMap(({ errors }) => errors)).toEqual([]);
  });

  it('is refused by a node that starts later, when no other one runs any more', async () => {
    await using redis = await startRedis();
    {
      await using cluster = await startControlNodes(redis.url);
      await cluster.nodes[0]?.manager.sessions.revokeToken('t-1');
    }
    await using cluster = await startControlNodes(redis.url);
    const [node] = cluster.nodes as [ControlNode];
    expect(await refusalOf(node, aliceToken)).toBe('TOKEN_REVOKED');
    expect(await refusalOf(node, 'alice t-2')).toBeNull();
  });

  it('ends on a node whose way to Redis was cut meanwhile, as soon as it is back', async () => {
    await using redis = await startRedis();
    await using proxy = await startFaultProxy(redis.port);
    await using cluster = await startControlNodes(redis.url, `redis://127.0.0.1:${proxy.port}`);
    const [a, b] = cluster.nodes as [ControlNode, ControlNode];
    const rooms = [{ room: 'team-1' }];
    using alice = await connectFramed(b.url, { token: aliceToken, rooms });
    using bob = await connectFramed(b.url, { token: `bob t-2 ${issuedAtMs}`, rooms });
    proxy.block();
    await a.manager.sessions.revokeUser('alice');
    await a.manager.rooms.evict(['team', { teamId: '1' }], 'bob');
    await bob.settle();
    expect(alice.raw.isOpen).toBe(true);
    proxy.restore();
    await alice.raw.closed;
    expect(alice.frames('C')).toEqual([revoked]);
    await eventually(() =>
      expect(bob.frames('R')).toMatchObject([{ result: { status: 'refused' } }]),
    );
    expect(bob.raw.isOpen).toBe(true);
  });

  it('is known again after Redis has lost it, also to a node that starts then', async () => {
    await using redis = await startRedis();
    await using cluster = await startControlNodes(redis.url, redis.url);
    const [a] = cluster.nodes as [ControlNode];
    await a.manager.sessions.revokeToken('t-1');
    await redis.kill();
    await redis.start();
    await eventually(async () => {
      await using late = await startControlNodes(redis.url);
      expect(await refusalOf(late.nodes[0] as ControlNode, aliceToken)).toBe('TOKEN_REVOKED');
    });
  });

  it('is over here at once while Redis is away, and over elsewhere once it is back', async () => {
    await using redis = await startRedis();
    await using proxy = await startFaultProxy(redis.port);
    await using cluster = await startControlNodes(`redis://127.0.0.1:${proxy.port}`, redis.url);
    const [a, b] = cluster.nodes as [ControlNode, ControlNode];
    using here = await connectFramed(a.url, { token: aliceToken });
    using there = await connectFramed(b.url, { token: aliceToken });
    proxy.block();
    const revoking = a.manager.sessions.revokeUser('alice');
    await here.raw.closed;
    const code = expect.stringMatching(/^PUBLISH_(FAILED|OUTCOME_UNKNOWN)$/);
    await expect(revoking).rejects.toMatchObject({ code });
    expect(there.raw.isOpen).toBe(true);
    proxy.restore();
    await there.raw.closed;
    expect(there.frames('C')).toEqual([revoked]);
  });
});

describe('a right that is judged anew', () => {
  it('is so on every node', async () => {
    let isIn = true;
    const authorise = (_: unknown, rooms: readonly unknown[]) => rooms.map(() => isIn);
    await using redis = await startRedis();
    await using cluster = await startControlNodes(redis.url);
    const b = await cluster.add(redis.url, { authorise });
    using alice = await connectFramed(b.url, { token: 'alice', rooms: [{ room: 'team-1' }] });
    isIn = false;
    await cluster.nodes[0]?.manager.sessions.reauthorise('alice');
    await eventually(() =>
      expect(alice.frames('R')).toMatchObject([{ result: { status: 'refused' } }]),
    );
  });
});

describe('a client that is back on another node', () => {
  it('leaves no zombie for longer than a second', async () => {
    await using redis = await startRedis();
    await using cluster = await startControlNodes(redis.url, redis.url);
    const [a, b] = cluster.nodes as [ControlNode, ControlNode];
    using old = await connectFramed(a.url, { token: 'alice' });
    // As behind a network that has died: it would never answer a goodbye.
    old.raw.pause();
    const startedAtMs = performance.now();
    using back = await connectFramed(b.url, { token: 'alice', session: old.welcome.session });
    await eventually(() => expect(a.manager.getConnectionCount()).toBe(0));
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
    expect(back.raw.isOpen).toBe(true);
  });

  it.each([
    ['another user', 'bob'],
    ['a guest', null],
  ])('ends nothing where it is %s', async (_, token) => {
    await using redis = await startRedis();
    await using cluster = await startControlNodes(redis.url, redis.url);
    const [a, b] = cluster.nodes as [ControlNode, ControlNode];
    using victim = await connectFramed(a.url, { token: 'alice' });
    using _thief = await connectFramed(b.url, { token, session: victim.welcome.session });
    // The same again from her: what was told before has been heard when this has.
    using other = await connectFramed(a.url, { token: 'alice' });
    using _back = await connectFramed(b.url, { token: 'alice', session: other.welcome.session });
    await other.raw.closed;
    expect(victim.raw.isOpen).toBe(true);
  });
});

describe('what is asked of all nodes', () => {
  it('is the sum of their answers', async () => {
    await using redis = await startRedis();
    await using cluster = await startControlNodes(redis.url, redis.url, redis.url);
    const [a, b, c] = cluster.nodes as [ControlNode, ControlNode, ControlNode];
    await allSeeAll(cluster.nodes);
    using _one = await connectFramed(b.url, { rooms: [{ room: 'event-1' }] });
    using _two = await connectFramed(c.url, { rooms: [{ room: 'event-2' }] });
    expect(await a.manager.cluster.connectionCount()).toMatchObject({ total: 2, silent: [] });
    const { rooms } = await a.manager.cluster.activeRooms();
    expect([...rooms].sort()).toEqual(['event-1', 'event-2']);
  });

  it('names a node that is silent, and one that was killed is gone within its lease', async () => {
    await using redis = await startRedis();
    await using cluster = await startControlNodes(redis.url);
    const [a] = cluster.nodes as [ControlNode];
    await using doomed = await startControlNodeProcess(redis.url, leaseMs);
    await eventually(() => expect(seenBy(a)).toContain(doomed.nodeId));
    using _ = await connectFramed(doomed.url, { token: 'alice' });
    expect(await a.manager.cluster.connectionCount()).toMatchObject({ total: 1, silent: [] });
    await doomed.kill();
    const killedAtMs = performance.now();
    const { total, silent } = await a.manager.cluster.connectionCount({ timeoutMs: 100 });
    expect(silent).toMatchObject([{ id: doomed.nodeId, isSelf: false }]);
    expect(total).toBe(0);
    await eventually(() => expect(seenBy(a)).toEqual([idOf(a)]));
    expect(performance.now() - killedAtMs).toBeLessThan(2 * leaseMs);
    expect(await a.manager.cluster.connectionCount()).toMatchObject({ total: 0, silent: [] });
  });
});
