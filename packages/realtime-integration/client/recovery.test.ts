import { createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startFaultProxy, startTestServer, type TestServer } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { openClient, purchase } from './openClient.ts';

const contract = eventContract;

interface StageOptions {
  readonly client?: Parameters<typeof openClient>[1];
  /** How many publications of a room are kept. */
  readonly kept?: number;
}

/** A guest in the room `event-42`, behind a network that can break. */
async function startGuestInRoom({
  client: options,
  kept: maxPublications = 500,
}: StageOptions = {}) {
  const broker = createMemoryBroker({ history: { maxPublications } });
  const server = await startTestServer(contract, { broker });
  const proxy = await startFaultProxy(server.port);
  const guest = openClient(`http://127.0.0.1:${proxy.port}`, options);
  const room = guest.client.subscribe('event', { eventId: '42' });
  await room.joined();
  const publish = (...tickets: string[]) =>
    Promise.all(
      tickets.map((id) => server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(id))),
    );
  return {
    ...{ server, proxy, guest, room, publish },
    async [Symbol.asyncDispose]() {
      await guest.client.close();
      await proxy.close();
      await server.close();
    },
  };
}

describe('a dropped transport', () => {
  it('after which nothing was missed is resumed', async () => {
    await using stage = await startGuestInRoom();
    const { guest, proxy, publish, room } = stage;
    await publish('t-1');
    await guest.hears('event-42 ticket-purchased t-1');
    const { position } = room;
    proxy.cut();
    await guest.reaches('reconnecting');
    await room.joined();
    expect(room.position).toEqual(position);
    await publish('t-2');
    await guest.hears('event-42 ticket-purchased t-2');
    expect(guest.heard).toEqual([
      'event-42 fresh',
      'event-42 ticket-purchased t-1',
      'event-42 resumed',
      'event-42 ticket-purchased t-2',
    ]);
  });

  it('after which something was missed is resumed, and all of it follows', async () => {
    await using stage = await startGuestInRoom();
    const { guest, proxy, publish } = stage;
    await publish('t-1');
    await guest.hears('event-42 ticket-purchased t-1');
    proxy.block();
    await guest.reaches('reconnecting');
    await publish('t-2', 't-3', 't-4');
    proxy.restore();
    await guest.hears('event-42 ticket-purchased t-4');
    await publish('t-5');
    await guest.hears('event-42 ticket-purchased t-5');
    expect(guest.heard.map((line) => line.replace('event-42 ', ''))).toEqual([
      ...['fresh', 'ticket-purchased t-1', 'resumed', 'ticket-purchased t-2'],
      ...['ticket-purchased t-3', 'ticket-purchased t-4', 'ticket-purchased t-5'],
    ]);
  });

  it('after which more was missed than is kept is a gap, with the number missed', async () => {
    await using stage = await startGuestInRoom({ kept: 2 });
    const { guest, proxy, publish } = stage;
    await publish('t-1');
    await guest.hears('event-42 ticket-purchased t-1');
    proxy.block();
    await guest.reaches('reconnecting');
    await publish('t-2', 't-3', 't-4');
    proxy.restore();
    await guest.hears('event-42 gap overflow 3');
    await publish('t-5');
    await guest.hears('event-42 ticket-purchased t-5');
    expect(guest.heard).toHaveLength(4);
  });

  it('is told for each room by itself', async () => {
    await using stage = await startGuestInRoom({ kept: 0 });
    const { guest, proxy, server } = stage;
    await guest.client.subscribe('event', { eventId: '43' }).joined();
    proxy.block();
    await guest.reaches('reconnecting');
    await server.manager.broadcastToEvent('43', 'ticket-purchased', purchase('t-1'));
    proxy.restore();
    await guest.reaches('connected');
    expect(guest.heard.slice(-2)).toEqual(['event-42 resumed', 'event-43 gap overflow 1']);
  });

  it('resumes over polling alone as well', async () => {
    await using stage = await startGuestInRoom({ client: { transports: ['polling'] } });
    const { guest, proxy, publish } = stage;
    await publish('t-1');
    await guest.hears('event-42 ticket-purchased t-1');
    // A cut between two polls would go unnoticed.
    proxy.block();
    await guest.reaches('reconnecting');
    proxy.restore();
    await guest.hears('event-42 resumed');
    await publish('t-2');
    await guest.hears('event-42 ticket-purchased t-2');
  });
});

describe('a server that was started again on its port', () => {
  it('has a new log: every room is joined again, with a gap', async () => {
    const first = await startTestServer(contract);
    let current: TestServer<typeof contract> = first;
    await using alice = openClient(first.url, { getToken: () => current.tokenFor('alice') });
    const rooms = ['42', '43'].map((eventId) => alice.client.subscribe('event', { eventId }));
    await Promise.all(rooms.map((room) => room.joined()));
    await first.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
    await alice.hears('event-42 ticket-purchased t-1');
    const before = alice.heard.length;

    await first.close();
    await alice.reaches('reconnecting');
    expect(rooms.map(({ state }) => state.status)).toEqual(['joining', 'joining']);
    await using second = await startTestServer(contract, { port: first.port });
    current = second;
    await Promise.all(rooms.map((room) => room.joined()));
    expect(alice.heard.slice(before).toSorted()).toEqual([
      'event-42 gap epoch-changed ?',
      'event-43 gap epoch-changed ?',
      'global gap epoch-changed ?',
      'user-alice gap epoch-changed ?',
    ]);
    expect(second.manager.getActiveRooms()).toHaveLength(4);
    await second.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-2'));
    await alice.hears('event-42 ticket-purchased t-2');
  });
});

describe('a client that says when', () => {
  it('hears nothing between disconnect and connect, and then what it missed', async () => {
    await using stage = await startGuestInRoom();
    const { guest, publish, server, room } = stage;
    guest.client.disconnect();
    expect(room.state).toEqual({ status: 'joining' });
    await vi.waitFor(() => expect(server.manager.getConnectionCount()).toBe(0));
    await publish('t-1', 't-2');
    guest.client.connect();
    await guest.hears('event-42 ticket-purchased t-2');
    expect(guest.heard).toEqual([
      ...['event-42 fresh', 'event-42 resumed'],
      ...['event-42 ticket-purchased t-1', 'event-42 ticket-purchased t-2'],
    ]);
  });

  it('that closes leaves nothing on the server', async () => {
    await using stage = await startGuestInRoom();
    const { guest, proxy, server } = stage;
    await guest.client.close();
    await vi.waitFor(() => {
      expect(server.manager.getConnectionCount()).toBe(0);
      expect(server.manager.getActiveRooms()).toEqual([]);
      expect(proxy.connections).toBe(0);
    });
  });

  it('leaves a room a second after its last use', async () => {
    await using stage = await startGuestInRoom();
    const { room, server } = stage;
    const startedAtMs = performance.now();
    room.release();
    await vi.waitFor(() => expect(server.manager.getActiveRooms()).toEqual([]), { timeout: 4_000 });
    expect(performance.now() - startedAtMs).toBeGreaterThan(950);
  });
});

describe('a session whose token ends', () => {
  it('takes a new one in place, and stays connected', async () => {
    await using server = await startTestServer(contract);
    const getToken = vi.fn(() => server.tokenFor('alice', {}, 1));
    await using alice = openClient(server.url, { getToken });
    await alice.reaches('connected');
    const { balance } = contract.events['balance-updated'].example;
    const connectedAtMs = performance.now();
    const firstTokenIsOver = () => expect(performance.now() - connectedAtMs).toBeGreaterThan(1_500);
    await vi.waitFor(firstTokenIsOver, 4_000);
    expect(getToken.mock.calls.length).toBeGreaterThan(1);
    await server.manager.broadcastToUser('alice', 'balance-updated', {
      ...contract.events['balance-updated'].example,
    });
    await alice.hears(`user-alice balance-updated ${balance}`);
    expect(alice.states.map(({ status }) => status)).not.toContain('reconnecting');
    expect(alice.heard.slice(0, 2)).toEqual(['user-alice fresh', 'global fresh']);
    expect(alice.heard).toHaveLength(3);
  });
});
