import { createRealtimeClient, followPresence, type PresenceView } from '@roomcast/realtime-client';
import { type FaultProxy, startFaultProxy, startTestServer } from '@roomcast/realtime-testing';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed } from '../protocol/framedConnection.ts';
import { type LookersContract, lookersContract } from './lookersContract.ts';

const room: ['event', { eventId: string }] = ['event', { eventId: '42' }];
const presenceWindowMs = 10;

function open(port: number, token: string) {
  return createRealtimeClient<LookersContract>({
    ...{ contract: lookersContract, url: `http://127.0.0.1:${port}`, getToken: () => token },
    ...{ backoff: { minDelayMs: 2, maxDelayMs: 10 }, transports: ['websocket'] },
  });
}

const startServer = (options: Parameters<typeof startTestServer<LookersContract>>[1] = {}) =>
  startTestServer(lookersContract, { presenceWindowMs, ...options });

const names = ({ members }: PresenceView<{ name: string }>) => members.map(({ data }) => data.name);

describe('members of a room', () => {
  it('see each other come, change and go', async () => {
    await using server = await startServer();
    await using alice = open(server.port, await server.tokenFor('alice'));
    await using bob = open(server.port, await server.tokenFor('bob'));
    const [seen, own] = [
      followPresence(alice, room),
      followPresence(bob, room, { data: { name: 'Bob' } }),
    ];
    await eventually(() =>
      expect(seen.view).toEqual({
        ...{ status: 'joined', count: 1, selfId: null, error: null },
        members: [{ id: own.view.selfId, userId: 'bob', data: { name: 'Bob' } }],
      }),
    );
    expect(await server.manager.rooms.members(room)).toEqual({
      members: seen.view.members,
      count: 1,
    });
    own.enter({ name: 'Bob', seat: 'C12' });
    await eventually(() =>
      expect(seen.view.members[0]?.data).toEqual({ name: 'Bob', seat: 'C12' }),
    );
    own.release();
    await eventually(() => expect(seen.view).toMatchObject({ members: [], count: 0 }));
    expect(await server.manager.rooms.occupancy([room])).toEqual([0]);
  });

  it('do not see who is back within the grace go, and see who is not', async () => {
    await using server = await startServer({ presenceGraceMs: 1_000 });
    await using proxy: FaultProxy = await startFaultProxy(server.port);
    await using alice = open(server.port, await server.tokenFor('alice'));
    await using bob = open(proxy.port, await server.tokenFor('bob'));
    const seen = followPresence(alice, room);
    const own = followPresence(bob, room, { data: { name: 'Bob' } });
    await eventually(() => expect(names(seen.view)).toEqual(['Bob']));
    const changes: number[] = [];
    seen.watchView(({ count }) => changes.push(count));
    for (let round = 0; round < 3; round += 1) {
      proxy.block();
      await eventually(() => expect(server.manager.getConnectionCount()).toBe(1));
      proxy.restore();
      await eventually(() => expect(own.view.status).toBe('joined'));
    }
    expect(changes).toEqual([]);
    proxy.block();
    await eventually(() => expect(seen.view).toMatchObject({ members: [], count: 0 }));
  });

  it('see who disconnects by its own will go at once', async () => {
    await using server = await startServer({ presenceGraceMs: 60_000 });
    await using alice = open(server.port, await server.tokenFor('alice'));
    await using bob = open(server.port, await server.tokenFor('bob'));
    const seen = followPresence(alice, room);
    followPresence(bob, room, { data: { name: 'Bob' } });
    await eventually(() => expect(names(seen.view)).toEqual(['Bob']));
    bob.disconnect();
    await eventually(() => expect(seen.view.count).toBe(0));
  });

  it('see who is taken out of the room go at once, who sees nothing any more', async () => {
    await using server = await startServer({ presenceGraceMs: 60_000 });
    await using alice = open(server.port, await server.tokenFor('alice'));
    await using bob = open(server.port, await server.tokenFor('bob'));
    const seen = followPresence(alice, room, { data: { name: 'Alice' } });
    const other = followPresence(bob, room, { data: { name: 'Bob' } });
    await eventually(() => expect(names(seen.view)).toHaveLength(2));
    server.manager.rooms.evict(room, 'bob');
    await eventually(() => expect(names(seen.view)).toEqual(['Alice']));
    await eventually(() =>
      expect(other.view).toMatchObject({ status: 'refused', members: [], count: 0 }),
    );
  });

  it('may tell only what the contract allows', async () => {
    await using server = await startServer();
    await using alice = open(server.port, await server.tokenFor('alice'));
    const own = followPresence(alice, room, { data: { name: 'x'.repeat(51) } });
    await eventually(() =>
      expect(own.view).toMatchObject({ status: 'refused', error: { code: 'INVALID_PAYLOAD' } }),
    );
    own.enter({ name: 'Alice' });
    await eventually(() => expect(names(own.view)).toEqual(['Alice']));
  });
});

describe('by hand', () => {
  const ask = (room: string, member?: unknown) => ({ room, follow: 'members', member });

  it('nobody sees the members of a room that they are not in', async () => {
    await using server = await startServer({ authorise: (_, rooms) => rooms.map(() => false) });
    await using bob = open(server.port, await server.tokenFor('bob'));
    followPresence(bob, room, { data: { name: 'Bob' } });
    using mallory = await connectFramed(server.url, { token: await server.tokenFor('mallory') });
    for (const name of ['event-42', 'backstage-42']) {
      await mallory.join({ room: 'backstage-42' });
      expect(await mallory.ask('roomcast:presence', ask(name))).toMatchObject({
        error: { code: 'FORBIDDEN' },
      });
    }
    await eventually(async () => expect((await server.manager.rooms.members(room)).count).toBe(1));
    await mallory.settle();
    expect(mallory.frames('M')).toEqual([]);
  });

  it('the answer comes before who is there, and the id of another user cannot be taken', async () => {
    await using server = await startServer();
    const key = 'the-same-key';
    const ids: unknown[] = [];
    for (const user of ['alice', 'bob', 'alice']) {
      using someone = await connectFramed(server.url, { token: await server.tokenFor(user) });
      await someone.join({ room: 'event-42' });
      const member = { key, data: { name: user } };
      const answer = await someone.ask('roomcast:presence', ask('event-42', member));
      expect(someone.frames('M')).toEqual([]);
      ids.push((answer as { value: { id: string } }).value.id);
      await eventually(() => expect(someone.frames('M')).toHaveLength(1));
    }
    expect(ids[2]).toBe(ids[0]);
    expect(ids[1]).not.toBe(ids[0]);
    expect(await server.manager.rooms.occupancy([room])).toEqual([2]);
  });
});
