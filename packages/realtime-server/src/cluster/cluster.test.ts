import { createMemoryBroker } from '@roomcast/realtime-broker';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ControlLogs, type ControlLogView, createControlLogs } from '../fakes/controlLogs.ts';
import { createFakeManager, type FakeManager } from '../fakes/createFakeManager.ts';
import type { FakeConnection } from '../fakes/fakeConnection.ts';
import { tellFrames } from '../fakes/tellFrames.ts';
import { controlRooms } from './controlRooms.ts';

vi.mock('../socket-io/acquireNamespace.ts', () => import('../fakes/acquireNamespace.ts'));

type Options = Parameters<typeof createFakeManager>[0];

interface Node extends FakeManager {
  readonly log: ControlLogView;
  readonly onError: ReturnType<typeof vi.fn>;
}

let logs: ControlLogs;
let nodes: Node[];

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  logs = createControlLogs();
  nodes = [];
});

afterEach(async () => {
  await Promise.all(nodes.map(({ manager }) => manager.close()));
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(50);

async function start(options: Options & { readonly isAway?: boolean } = {}): Promise<Node> {
  const { isAway = false, ...rest } = options;
  const log = logs.open();
  log.isAway = isAway;
  const onError = vi.fn();
  const openLog = vi.fn(() => log);
  const fake = createFakeManager({ onError, cluster: { openLog, nodeName: 'node' }, ...rest });
  fake.broker.settleAlways();
  const node = { ...fake, log, onError };
  nodes.push(node);
  await settle();
  return node;
}

/** Whether a client with a token gets in. */
const admits = (node: Node, token: string) =>
  node.connect(token).then(
    () => 'in',
    (error) => error.code,
  );
const isOpen = (...connections: FakeConnection[]) => connections.map((one) => one.isOpen);

describe('a revocation', () => {
  it('ends the sessions of its user on every node, and refuses the token there', async () => {
    const [a, b] = [await start(), await start()];
    const token = 'alice - t-1 999000';
    const [here, there] = [await a.connect(token), await b.connect(token)];
    const bob = await b.connect('bob - t-2 999000');
    await a.manager.sessions.revokeUser('alice');
    await settle();
    expect(isOpen(here, there, bob)).toEqual([false, false, true]);
    expect(tellFrames(there).join()).toContain('TOKEN_REVOKED');
    expect(await admits(b, token)).toBe('TOKEN_REVOKED');
    expect(await admits(b, 'alice - t-3 1001000')).toBe('in');
  });

  it('of one token ends what came with it on every node, and nothing else', async () => {
    const [a, b] = [await start(), await start()];
    const [one, other] = [await b.connect('alice - t-1'), await b.connect('alice - t-2')];
    await a.manager.sessions.revokeToken('t-1');
    await settle();
    expect(isOpen(one, other)).toEqual([false, true]);
    await a.manager.sessions.expireToken('t-2');
    await settle();
    expect(await admits(b, 'alice - t-2')).toBe('TOKEN_EXPIRED');
    expect(other.isOpen).toBe(true);
  });

  it('is known to a node that starts later, however many there are', async () => {
    const a = await start();
    for (let index = 0; index < 2_500; index += 1) {
      await a.manager.sessions.revokeToken(`t-${index}`);
    }
    await a.manager.close();
    const b = await start();
    for (const index of [0, 1_700, 2_499]) {
      expect(await admits(b, `alice - t-${index}`)).toBe('TOKEN_REVOKED');
    }
    expect(await admits(b, 'alice - t-2500')).toBe('in');
  });

  it('lets those stay who have logged in since, where it comes late', async () => {
    const [a, b] = [await start(), await start()];
    b.log.isDeaf = true;
    const [old, young, unknown] = [
      await b.connect('alice - t-1 999000'),
      await b.connect('alice - t-2 1020000'),
      await b.connect('alice - t-3'),
    ];
    await a.manager.sessions.revokeUser('alice');
    await settle();
    expect(isOpen(old, young, unknown)).toEqual([true, true, true]);
    b.log.isDeaf = false;
    await b.log.breakRoom(controlRooms.revocations, 'overflow');
    await settle();
    expect(isOpen(old, young, unknown)).toEqual([false, true, false]);
  });

  it('that the log has lost is written again by whoever knows it', async () => {
    const [a, b] = [await start(), await start()];
    await a.manager.sessions.revokeToken('t-1');
    await settle();
    await a.manager.close();
    logs = createControlLogs();
    const empty = logs.open();
    Object.assign(b.log, { read: empty.read, publish: empty.publish });
    await b.log.breakRoom(controlRooms.revocations, 'epoch-changed');
    await settle();
    expect(await admits(await start(), 'alice - t-1')).toBe('TOKEN_REVOKED');
  });

  it('counts as it was decided last, in whatever order it was written', async () => {
    const [a, b] = [await start(), await start()];
    a.log.isAway = true;
    await expect(a.manager.sessions.revokeUser('alice')).rejects.toMatchObject({
      code: 'PUBLISH_FAILED',
    });
    await vi.advanceTimersByTimeAsync(500);
    await b.manager.sessions.revokeUser('alice');
    a.log.isAway = false;
    await vi.advanceTimersByTimeAsync(5_000);
    await b.manager.close();
    expect(await admits(await start(), 'alice - t-1 1000400')).toBe('TOKEN_REVOKED');
  });
});

describe('a control log that is away', () => {
  it('lets a node act alone, says so, and is told as soon as it is back', async () => {
    const [a, b] = [await start(), await start()];
    const [here, there] = [await a.connect('alice'), await b.connect('alice')];
    a.log.isAway = true;
    await expect(a.manager.sessions.revokeUser('alice')).rejects.toMatchObject({
      code: 'PUBLISH_FAILED',
    });
    expect(isOpen(here, there)).toEqual([false, true]);
    expect(a.onError).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'PUBLISH_FAILED' }),
      'cluster',
    );
    a.log.isAway = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(there.isOpen).toBe(false);
  });

  it('ends no process where nobody waits for the command', async () => {
    const a = await start();
    a.log.isAway = true;
    void a.manager.sessions.revokeUser('alice');
    void a.manager.rooms.evict(['event', { eventId: '1' }], 'alice');
    await settle();
    expect(a.onError.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  it('keeps a node that starts from letting anybody in who has a token, until it is there', async () => {
    const a = await start({ isAway: true, authenticationTimeoutMs: 500 });
    const attempt = admits(a, 'alice');
    await vi.advanceTimersByTimeAsync(500);
    expect(await attempt).toBe('INTERNAL');
    a.log.isAway = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await admits(a, 'alice')).toBe('in');
  });
});

describe('a command', () => {
  it('is done on every node, and once on its own', async () => {
    const authorise = vi.fn((_: unknown, rooms: readonly unknown[]) => rooms.map(() => true));
    const [a, b] = [await start(), await start({ authorise })];
    const rooms = [{ room: 'team-1' }];
    const there = await b.connect('alice', { rooms });
    const bob = await b.connect('bob', { rooms });
    await settle();
    authorise.mockImplementation((_, asked) => asked.map(() => false));
    await a.manager.sessions.reauthorise('alice');
    await settle();
    expect([there.isIn('team-1'), bob.isIn('team-1')]).toEqual([false, true]);
    await a.manager.rooms.evict(['team', { teamId: '1' }], 'bob');
    await settle();
    expect(bob.isIn('team-1')).toBe(false);
    await a.manager.sessions.disconnect('bob');
    await settle();
    expect(isOpen(there, bob)).toEqual([true, false]);
    expect(await admits(b, 'bob')).toBe('in');
  });

  it('that was missed for good has every right judged anew', async () => {
    const authorise = vi.fn((_: unknown, rooms: readonly unknown[]) => rooms.map(() => true));
    const b = await start({ authorise });
    const alice = await b.connect('alice', { rooms: [{ room: 'team-1' }] });
    await settle();
    authorise.mockImplementation((_, asked) => asked.map(() => false));
    await b.log.breakRoom(controlRooms.commands, 'overflow');
    await settle();
    expect(alice.isIn('team-1')).toBe(false);
  });

  it('of a later version has every right judged anew', async () => {
    const authorise = vi.fn((_: unknown, rooms: readonly unknown[]) => rooms.map(() => true));
    const b = await start({ authorise });
    const alice = await b.connect('alice', { rooms: [{ room: 'team-1' }] });
    await settle();
    authorise.mockImplementation((_, asked) => asked.map(() => false));
    const payload = { from: 'another', command: { name: 'demote', userId: 'alice' } };
    const room = controlRooms.commands;
    await logs.broker.publish({ room, event: 'command', delivery: 'reliable', payload });
    await settle();
    expect(alice.isIn('team-1')).toBe(false);
  });
});

describe('a client that comes back to another node', () => {
  const secretOf = (connection: FakeConnection): string =>
    /"session":"([^"]+)"/.exec(JSON.stringify(connection.written).replaceAll('\\', ''))?.[1] ?? '';

  it('leaves nothing behind on the last one', async () => {
    const [a, b] = [await start(), await start()];
    const zombie = await a.connect('alice');
    await settle();
    const session = secretOf(zombie);
    expect(session).toHaveLength(22);
    const next = await b.connect('alice', { session });
    await settle();
    expect(isOpen(zombie, next)).toEqual([false, true]);
  });

  it('ends no session of another user, and nobody reads a secret in the log', async () => {
    const [a, b] = [await start(), await start()];
    const victim = await a.connect('alice');
    await settle();
    const publish = vi.spyOn(logs.broker, 'publish');
    await b.connect('mallory', { session: secretOf(victim) });
    await b.connect(null, { session: secretOf(victim) });
    await settle();
    expect(victim.isOpen).toBe(true);
    expect(publish).toHaveBeenCalled();
    expect(JSON.stringify(publish.mock.calls)).not.toContain(secretOf(victim));
  });
});

describe('manager.cluster', () => {
  const ids = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id).sort();
  const idOf = (node: Node) => node.manager.cluster.nodeId;
  const seenBy = (node: Node) => ids(node.manager.cluster.nodes());

  it('adds up what all nodes have', async () => {
    const [a, b] = [await start(), await start()];
    await a.connect('alice', { rooms: [{ room: 'event-1' }] });
    await b.connect('alice', { rooms: [{ room: 'event-2' }] });
    await b.connect('bob', { rooms: [{ room: 'event-1' }] });
    await settle();
    const count = await a.manager.cluster.connectionCount();
    expect(count).toMatchObject({ total: 3, silent: [] });
    expect(Object.fromEntries(count.byNode)).toEqual({ [idOf(a)]: 1, [idOf(b)]: 2 });
    const { rooms, silent } = await a.manager.cluster.activeRooms();
    expect([...rooms].sort()).toEqual(['event-1', 'event-2', 'global', 'user-alice', 'user-bob']);
    expect(silent).toEqual([]);
    expect(a.manager.getConnectionCount()).toBe(1);
  });

  it('names those that did not answer in time', async () => {
    const [a, b, c] = [await start(), await start(), await start()];
    await b.connect('alice');
    c.log.isDeaf = true;
    const asking = a.manager.cluster.connectionCount({ timeoutMs: 200 });
    await vi.advanceTimersByTimeAsync(199);
    const isSettled = vi.fn();
    void asking.then(isSettled);
    await Promise.resolve();
    expect(isSettled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    const { total, silent } = await asking;
    expect([total, ids(silent)]).toEqual([1, [idOf(c)]]);
  });

  it('knows all nodes as soon as they start, and forgets one that is closed', async () => {
    const [a, b] = [await start(), await start()];
    expect(seenBy(a)).toEqual(ids([a, b].map((node) => ({ id: idOf(node) }))));
    expect(seenBy(b)).toEqual(seenBy(a));
    expect(a.manager.cluster.nodes()[0]).toMatchObject({ id: idOf(a), isSelf: true, name: 'node' });
    await b.manager.close();
    expect(seenBy(a)).toEqual([idOf(a)]);
  });

  it('forgets one that is silent within its lease, and not before', async () => {
    const [a, b, c] = [await start(), await start(), await start()];
    b.log.isAway = true;
    await vi.advanceTimersByTimeAsync(2_500);
    expect(seenBy(a)).toContain(idOf(b));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(seenBy(a)).toEqual([idOf(a), idOf(c)].sort());
    b.log.isAway = false;
    await vi.advanceTimersByTimeAsync(1_100);
    expect(seenBy(a)).toContain(idOf(b));
  });

  it('takes nobody for gone while its own way is cut, and names them as silent', async () => {
    const [a, b] = [await start(), await start()];
    Object.assign(a.log, { isAway: true, isDeaf: true });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seenBy(a)).toContain(idOf(b));
    const asking = a.manager.cluster.connectionCount();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ids((await asking).silent)).toEqual([idOf(b)]);
  });

  it('is a cluster of one without the option', async () => {
    const { manager, connect } = createFakeManager();
    await connect('alice');
    const { cluster } = manager;
    expect(cluster.nodes()).toMatchObject([{ id: cluster.nodeId, isSelf: true, connections: 1 }]);
    expect(await cluster.connectionCount()).toMatchObject({ total: 1, silent: [] });
    expect(await cluster.activeRooms()).toMatchObject({ rooms: [], silent: [] });
    await manager.sessions.revokeUser('alice');
    expect(manager.getConnectionCount()).toBe(0);
    await manager.close();
  });
});

describe('the option `cluster`', () => {
  it.each([
    [{ leaseMs: 1_000 }, 'leaseMs'],
    [{ heartbeatIntervalMs: 0 }, 'heartbeatIntervalMs'],
    [{ answerTimeoutMs: 0.5 }, 'answerTimeoutMs'],
    [{ maxRevocations: -1 }, 'maxRevocations'],
  ])('is refused with %j', (cluster, name) => {
    const openLog = () => logs.open();
    expect(() => createFakeManager({ cluster: { openLog, ...cluster } })).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIG', message: expect.stringContaining(name) }),
    );
  });

  it('says what the log has to keep, and tells where that is too little', async () => {
    const openLog = vi.fn((bounds) => createMemoryBroker(bounds));
    const onError = vi.fn();
    const { manager } = createFakeManager({ onError, cluster: { openLog, maxRevocations: 3 } });
    expect(openLog).toHaveBeenCalledWith(
      expect.objectContaining({
        latest: expect.objectContaining({ maxKeys: 3 }),
        forgetAfterMs: 86_400_000,
      }),
    );
    await settle();
    for (const id of ['t-1', 't-2']) await manager.sessions.revokeToken(id);
    expect(onError).not.toHaveBeenCalled();
    await manager.sessions.revokeToken('t-3');
    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
      'cluster',
    );
    await manager.close();
  });
});
