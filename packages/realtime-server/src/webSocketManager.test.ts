import { createMemoryCallLedger } from '@roomcast/realtime-broker';
import { type AnyContract, clientRequests, defineContract } from '@roomcast/realtime-contract';
import { describe, expect, it, vi } from 'vitest';
import type { WebSocketManagerOptions } from './config/managerOptions.ts';
import { createFakeManager } from './fakes/createFakeManager.ts';
import { createTestContract } from './fakes/createTestContract.ts';
import { tellFrames } from './fakes/tellFrames.ts';
import { WebSocketManager } from './webSocketManager.ts';

vi.mock('./socket-io/acquireNamespace.ts', () => import('./fakes/acquireNamespace.ts'));

const invalid = expect.objectContaining({ code: 'INVALID_CONFIG' });
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A manager whose log never makes anybody wait. */
function create(options: Parameters<typeof createFakeManager>[0] = {}) {
  const fake = createFakeManager(options);
  fake.broker.settleAlways();
  return fake;
}

describe('a drain of a manager', () => {
  const shout = (answer: () => Promise<string>) =>
    ({ actions: { shout: answer } }) as unknown as Pick<
      WebSocketManagerOptions<AnyContract>,
      'actions'
    >;
  const posted = (payload: string) => ({
    ...{ room: 'event-1', event: 'posted', payload, delivery: 'reliable' as const },
  });
  const framedCount = (frames: readonly string[], frame: string) =>
    frames.filter((one) => one === frame).length;

  it('answers what runs, writes what waits for its batch, takes members out and closes', async () => {
    let answer = (_: string) => {};
    const actions = shout(() => new Promise((resolve) => (answer = resolve)));
    const { manager, connect, broker } = create({ ...actions, batchWindowMs: 1_000_000 });
    const alice = await connect('alice', { rooms: [{ room: 'event-1' }] });
    await turn();
    const asked = alice.request('shout', 'hello');
    await turn();
    const draining = manager.drain({ windowMs: 0 });
    expect(manager.health()).toMatchObject({ status: 'draining', isReady: false });
    for (const text of ['one', 'two']) await manager.publish(posted(text));
    await turn();
    expect(alice.isOpen).toBe(true);
    answer('HELLO');
    expect(await draining).toMatchObject({ drained: 1, cut: 0 });
    expect(asked.answers).toEqual([{ ok: true, value: 'HELLO' }]);
    expect(tellFrames(alice).slice(1)).toEqual([
      'event-1: one',
      'event-1: two',
      'close SERVER_DRAINING',
    ]);
    expect(alice.rooms()).toEqual([]);
    expect(manager.health()).toMatchObject({ status: 'closed', isReady: false });
    await expect(manager.publish({} as never)).rejects.toMatchObject({ code: 'CLOSED' });
    // It was brought by somebody else, who goes on with it.
    expect(broker.health()).toEqual({ status: 'up' });
  });

  it('refuses a handshake, but not before its readiness delay is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      const { manager, connect } = create();
      const draining = manager.drain({ readinessDelayMs: 2_000, windowMs: 1_000, waves: 1 });
      const alice = await connect('alice');
      await turn();
      await vi.advanceTimersByTimeAsync(2_000);
      await expect(connect('bob')).rejects.toMatchObject({ code: 'SERVER_DRAINING' });
      await draining;
      expect(framedCount(tellFrames(alice), 'close SERVER_DRAINING')).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is the same when it is asked for again, and cut short by `close`', async () => {
    const { manager, connect } = create(shout(() => new Promise(() => {})));
    const alice = await connect('alice');
    await turn();
    alice.request('shout', 'hello');
    await turn();
    const draining = [manager.drain({ windowMs: 1_000 }), manager.drain({ windowMs: 60_000 })];
    await turn();
    expect(alice.isOpen).toBe(true);
    await manager.close();
    const [first, second] = await Promise.all(draining);
    expect(first).toBe(second);
    expect(first).toMatchObject({ drained: 1 });
    expect(tellFrames(alice).at(-1)).toBe('close SERVER_DRAINING');
  });

  it('of one that is closed is done', async () => {
    const { manager } = create();
    await manager.close();
    expect(await manager.drain()).toEqual({ drained: 0, cut: 0, durationMs: 0 });
  });

  it('with options that contradict each other is refused, and nothing has begun', async () => {
    const { manager } = create();
    await expect(manager.drain({ windowMs: 9_000, deadlineMs: 1_000 })).rejects.toEqual(invalid);
    expect(manager.health().status).not.toBe('draining');
  });
});

describe('the health of a manager', () => {
  it('says that nobody can connect before it listens', () => {
    expect(create().manager.health()).toEqual({
      ...{ status: 'degraded', isReady: false, reasons: ['not-listening'] },
    });
  });

  it('is that of its log and its ledger', async () => {
    const onError = vi.fn();
    const defect = new Error('a defect');
    const { manager, broker } = create({
      callLedger: {
        ...createMemoryCallLedger(),
        health() {
          throw defect;
        },
      },
      onError,
    });
    vi.spyOn(broker, 'health').mockReturnValue({ status: 'down' });
    expect(manager.health().reasons).toEqual(['not-listening', 'broker-down', 'call-ledger-down']);
    expect(onError).toHaveBeenCalledExactlyOnceWith(defect, 'health');
  });
});

describe('WebSocketManager', () => {
  it('refuses at once what could never work', () => {
    const contract = defineContract({
      ...{ version: '1.0', rooms: { user: { template: 'user-{id}' } }, events: {} },
    });
    expect(() => new WebSocketManager({ contract, env: {} })).toThrow(invalid);
    const good = createTestContract();
    expect(() => new WebSocketManager({ contract: good, env: {}, path: 'live' })).toThrow(invalid);
    expect(() => new WebSocketManager({ contract: good, env: { WS_PORT: 'abc' } })).toThrow(
      /WS_PORT.*"abc"/,
    );
  });

  it('has no heartbeat where the contract has none', async () => {
    const schedule = vi.fn(() => () => {});
    const clock = { now: () => 0, schedule };
    await using _manager = new WebSocketManager({
      ...{ contract: createTestContract(), env: {}, clock, heartbeatIntervalMs: 1_234 },
    });
    expect(schedule).not.toHaveBeenCalledWith(expect.anything(), 1_234);
  });

  it('knows of nobody before somebody comes', async () => {
    await using manager = new WebSocketManager({ contract: createTestContract(), env: {} });
    expect(manager.getConnectionCount()).toBe(0);
    expect(manager.getActiveRooms()).toEqual([]);
  });

  it('knows who is there, and in which rooms', async () => {
    const { manager, connect } = create();
    const connection = await connect('alice');
    await turn();
    expect(manager.getConnectionCount()).toBe(1);
    expect(manager.getActiveRooms()).toEqual(['user-alice', 'global']);
    connection.disconnect();
    expect(manager.getConnectionCount()).toBe(0);
    expect(manager.getActiveRooms()).toEqual([]);
  });

  it('publishes without anybody listening, and says at which position', async () => {
    await using manager = new WebSocketManager({ contract: createTestContract(), env: {} });
    const publication = { room: 'event-1', event: 'posted', delivery: 'reliable' } as const;
    const first = await manager.publish({ ...publication, payload: 'one' });
    const second = await manager.publish({ ...publication, payload: 'two' });
    expect([first.position.offset, second.position.offset]).toEqual([1, 2]);
    expect(second.position.epoch).toBe(first.position.epoch);
  });

  it('takes no more rooms from a session than it may have, its automatic ones first', async () => {
    const { connect, manager } = create({ maxRoomsPerSession: 3 });
    const rooms = [{ room: 'event-1' }, { room: 'event-2' }, { room: 'global' }];
    await connect('alice', { rooms });
    await turn();
    expect(manager.getActiveRooms()).toEqual(['user-alice', 'global', 'event-1']);
  });
});

describe('a broadcast', () => {
  /** The fake's contract is any contract, whose names the compiler does not know. */
  interface Manager {
    broadcastToEvent(eventId: string, name: string, payload: unknown): Promise<unknown>;
    broadcastToUser(userId: string, name: string, payload: unknown): Promise<unknown>;
    broadcastGlobal(name: string, payload: unknown): Promise<unknown>;
  }
  const broadcasts: [
    to: string,
    room: string,
    broadcast: (manager: Manager) => Promise<unknown>,
  ][] = [
    ['an event', 'event-1', (manager) => manager.broadcastToEvent('1', 'posted', 'hello')],
    ['a user', 'user-bob', (manager) => manager.broadcastToUser('bob', 'notice', 'hello')],
    ['everyone', 'global', (manager) => manager.broadcastGlobal('news', 'hello')],
  ];

  it.each(broadcasts)('to %s is published to the room %s', async (_, room, broadcast) => {
    const { manager, broker } = create();
    const publish = vi.spyOn(broker, 'publish');
    await broadcast(manager);
    expect(publish.mock.calls).toMatchObject([[{ room, payload: 'hello', delivery: 'reliable' }]]);
  });

  it.each(broadcasts)(
    'to %s is refused once the manager is closed',
    async (_to, _room, broadcast) => {
      const { manager, broker } = create();
      const publish = vi.spyOn(broker, 'publish');
      await manager.close();
      await expect(broadcast(manager)).rejects.toMatchObject({ code: 'CLOSED' });
      expect(publish).not.toHaveBeenCalled();
    },
  );

  it('that fits no schema is not published', async () => {
    const { manager, broker } = create();
    const publish = vi.spyOn(broker, 'publish');
    const broadcasting: Manager = manager;
    await expect(broadcasting.broadcastToEvent('1', 'posted', 7)).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
    });
    expect(publish).not.toHaveBeenCalled();
  });
});

describe('manager.snapshot', () => {
  it('says where the room stood before the data was read', async () => {
    const { manager, broker } = create();
    broker.emit('event-1', 'one');
    const snapshot = await manager.snapshot(['event', { eventId: '1' }], () => {
      broker.emit('event-1', 'two');
      return ['one', 'two'];
    });
    expect(snapshot).toEqual({
      ...{ room: 'event-1', data: ['one', 'two'] },
      position: { epoch: 'epoch-1', offset: 1, revision: 0 },
    });
    expect(await manager.snapshot(['global'], () => 7)).toMatchObject({ room: 'global', data: 7 });
  });

  it('is refused for a room that cannot be, and once the manager is closed', async () => {
    const { manager } = create();
    const read = vi.fn();
    await expect(manager.snapshot(['event', { eventId: '' }], read)).rejects.toMatchObject({
      code: 'INVALID_ROOM',
    });
    await manager.close();
    await expect(manager.snapshot(['global'], read)).rejects.toMatchObject({ code: 'CLOSED' });
    expect(read).not.toHaveBeenCalled();
  });
});

describe('manager.sessions', () => {
  it('logs a user out everywhere: nothing more is delivered, and the tokens are refused', async () => {
    const { manager, broker, connect, connectPlain } = create();
    const framed = await connect('alice - t-1 500', { rooms: [{ room: 'event-1' }] });
    const plain = await connectPlain('alice - t-2 500');
    const bob = await connect('bob - t-3 500');
    await turn();
    manager.sessions.revokeUser('alice');
    broker.emit('event-1', 'too late');
    expect([framed.isOpen, plain.isOpen, bob.isOpen]).toEqual([false, false, true]);
    expect(tellFrames(framed)).toEqual(['welcome alice', 'close TOKEN_REVOKED']);
    await expect(connect('alice - t-9 500')).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
    const later = await connect(`alice - t-9 ${Date.now() + 1_000}`);
    expect(later.isOpen).toBe(true);
  });

  it('refuses one token and ends what came with it', async () => {
    const { manager, connect } = create();
    const [laptop, phone] = [await connect('alice - t-1'), await connect('alice - t-2')];
    manager.sessions.revokeToken('t-1');
    expect([laptop.isOpen, phone.isOpen]).toEqual([false, true]);
    await expect(connect('alice - t-1')).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
    const renewal = phone.request(clientRequests.authenticate, 'alice - t-1');
    await turn();
    expect(renewal.answers).toMatchObject([{ ok: false, error: { code: 'TOKEN_REVOKED' } }]);
    expect(phone.isOpen).toBe(true);
  });

  it('judges the rooms of a user anew, also those that it is about to join', async () => {
    let isAdmitted = true;
    const fake = createFakeManager({ authorise: (_, rooms) => rooms.map(() => isAdmitted) });
    const { broker, connect, manager } = fake;
    const alice = await connect('alice');
    for (const room of ['user-alice', 'global']) {
      await broker.settle(`subscribe ${room}`);
      await broker.settle(`read ${room}`);
    }
    const first = alice.request(clientRequests.join, [{ room: 'team-1' }]);
    await turn();
    await broker.settle('subscribe team-1');
    await broker.settle('read team-1');
    expect(first.answers).toMatchObject([{ value: [{ status: 'fresh' }] }]);
    const second = alice.request(clientRequests.join, [{ room: 'team-2' }]);
    await turn();
    await broker.settle('subscribe team-2');
    isAdmitted = false;
    await manager.sessions.reauthorise('alice');
    broker.settleAlways();
    await turn();
    broker.emit('team-1', 'too late');
    broker.emit('team-2', 'too late');
    expect(second.answers).toMatchObject([{ value: [{ status: 'refused' }] }]);
    expect(tellFrames(alice)).toEqual(['welcome alice', 'team-1: refused FORBIDDEN']);
  });
});

describe('manager.rooms', () => {
  it('takes a user out of a room', async () => {
    const { manager, broker, connect } = create();
    const alice = await connect('alice', { rooms: [{ room: 'team-1' }] });
    await turn();
    manager.rooms.evict(['team', { teamId: '1' }], 'alice');
    broker.emit('team-1', 'too late');
    expect(tellFrames(alice)).toEqual(['welcome alice', 'team-1: refused FORBIDDEN']);
    const again = alice.request(clientRequests.join, [{ room: 'team-1' }]);
    await turn();
    expect(again.answers).toMatchObject([{ value: [{ status: 'fresh' }] }]);
  });

  it('is refused for a room that cannot be', () => {
    const { manager } = create();
    expect(() => manager.rooms.evict(['team', { teamId: '' }], 'alice')).toThrow(
      expect.objectContaining({ code: 'INVALID_ROOM' }),
    );
    manager.rooms.evict(['global'], 'nobody');
  });
});
