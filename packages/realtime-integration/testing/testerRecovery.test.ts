import { createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import {
  startTestServer,
  type TestServerOptions,
  WebSocketTester,
  type WebSocketTesterOptions,
} from '@roomcast/realtime-testing';
import { afterEach, describe, expect, it } from 'vitest';
import { purchase } from '../client/openClient.ts';
import { eventually } from '../eventually.ts';
import { openSockets } from './openSockets.ts';

const contract = eventContract;
type Contract = typeof contract;

afterEach(async () => {
  await eventually(() => expect(openSockets()).toBe(0));
});

/** Alice, in the room of an event. */
async function startAlice(
  options: TestServerOptions<Contract> = {},
  testerOptions: WebSocketTesterOptions<Contract> = {},
) {
  const server = await startTestServer(contract, options);
  const alice = new WebSocketTester(server, testerOptions);
  await alice.connect('alice');
  await alice.join('event', { eventId: '42' });
  const publish = (ticketId: string) =>
    server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(ticketId));
  const hears = async () => (await alice.waitForEvent('ticket-purchased')).ticketId;
  return {
    ...{ server, alice, publish, hears },
    async [Symbol.asyncDispose]() {
      await alice.disconnect();
      await server.close();
    },
  };
}

describe('received', () => {
  it('has what arrived, by event and all together, whatever was taken', async () => {
    await using stage = await startAlice();
    const { alice, server, publish, hears } = stage;
    await publish('t-1');
    await publish('t-2');
    expect([await hears(), await hears()]).toEqual(['t-1', 't-2']);
    await server.manager.broadcastToUser('alice', 'notification', {
      ...contract.events.notification.example,
    });
    await alice.waitForEvent('notification');
    expect(alice.received('ticket-purchased')).toEqual([purchase('t-1'), purchase('t-2')]);
    expect(alice.received().map(({ event, room }) => [event, room])).toEqual([
      ['ticket-purchased', 'event-42'],
      ['ticket-purchased', 'event-42'],
      ['notification', 'user-alice'],
    ]);
    expect(alice.received('event-updated')).toEqual([]);
  });
});

describe('leave', () => {
  it('leaves a room, as the server has said when it resolves', async () => {
    await using stage = await startAlice();
    const { alice, server, publish } = stage;
    await alice.join('event', { eventId: '42' });
    await alice.leave('event', { eventId: '42' });
    expect(server.manager.getActiveRooms()).not.toContain('event-42');
    await publish('t-1');
    await alice.join('event', { eventId: '43' });
    expect(alice.received('ticket-purchased')).toEqual([]);
    await alice.leave('event', { eventId: '42' });
  });

  it('says who else uses the room, and leaves it once nobody does', async () => {
    await using stage = await startAlice();
    const { alice, server } = stage;
    const other = alice.client.subscribe('event', { eventId: '42' });
    await expect(alice.leave('event', { eventId: '42' })).rejects.toThrow(
      'The room "event-42" is not left: `tester.client` has another use of it.',
    );
    other.release();
    await alice.leave('event', { eventId: '42' });
    expect(server.manager.getActiveRooms()).not.toContain('event-42');
  });

  it('says that a room cannot be left in which the user is anyway', async () => {
    await using stage = await startAlice();
    await stage.alice.join('global');
    await expect(stage.alice.leave('global')).rejects.toThrow('"global" cannot be left');
  });

  it('has nothing to wait for in a room out of which the user was taken', async () => {
    await using stage = await startAlice({}, { timeoutMs: 100 });
    const { alice, server } = stage;
    server.manager.rooms.evict(['event', { eventId: '42' }], 'alice');
    await alice.waitForRecovery('event', { eventId: '42' });
    await alice.leave('event', { eventId: '42' });
  });

  it('has nothing to wait for while there is no connection', async () => {
    await using stage = await startAlice();
    const comeBack = await stage.alice.goOffline();
    await stage.alice.leave('event', { eventId: '42' });
    await comeBack();
  });
});

describe('goOffline', () => {
  it('stays away until it is called back, and then hears what it missed', async () => {
    await using stage = await startAlice();
    const { alice, server, publish, hears } = stage;
    const comeBack = await alice.goOffline();
    await server.disconnects.next();
    for (const ticket of ['t-1', 't-2']) await publish(ticket);
    expect(alice.state.status).toBe('reconnecting');
    expect(alice.received('ticket-purchased')).toEqual([]);
    await comeBack();
    expect([await hears(), await hears()]).toEqual(['t-1', 't-2']);
  });

  it('lasts until all are called back, in whatever order', async () => {
    await using stage = await startAlice();
    const { alice } = stage;
    const comeBacks = [await alice.goOffline(), await alice.goOffline()];
    await comeBacks[0]?.();
    await comeBacks[0]?.();
    await expect(alice.connected(100)).rejects.toThrow('The connection is "reconnecting"');
    await comeBacks[1]?.();
    expect(alice.state.status).toBe('connected');
  });

  it('leaves nothing open when it is disconnected meanwhile', async () => {
    await using stage = await startAlice();
    await stage.alice.goOffline();
    await stage.alice.disconnect();
    expect(stage.alice.state).toEqual({ status: 'idle' });
  });
});

describe('recoveries', () => {
  it('are what became of each room after its connection was lost', async () => {
    await using stage = await startAlice();
    const { alice, publish } = stage;
    await publish('t-1');
    await alice.waitForEvent('ticket-purchased');
    await alice.drop();
    await expect(alice.waitForRecovery('event', { eventId: '42' })).resolves.toMatchObject({
      ...{ room: 'event-42', status: 'resumed', during: 'join' },
    });
    const recovered = await alice.recovered();
    expect(recovered.map(({ room, status }) => `${room} ${status}`).toSorted()).toEqual([
      ...['event-42 resumed', 'global resumed', 'user-alice resumed'],
    ]);
    expect(alice.recoveries).toHaveLength(6);
  });

  it('tell a gap, why it is there and how much is missing', async () => {
    const broker = createMemoryBroker({ history: { maxPublications: 2 } });
    await using stage = await startAlice({ broker });
    const { alice, publish } = stage;
    await publish('t-0');
    await alice.waitForEvent('ticket-purchased');
    const comeBack = await alice.goOffline();
    for (const ticket of ['t-1', 't-2', 't-3']) await publish(ticket);
    await comeBack();
    await expect(alice.waitForRecovery('event', { eventId: '42' })).resolves.toMatchObject({
      ...{ status: 'gap', reason: 'overflow', missed: 3 },
    });
  });

  it('are those of the last loss, not of the ones before', async () => {
    await using stage = await startAlice();
    const { alice } = stage;
    await alice.drop();
    await alice.recovered();
    await alice.leave('event', { eventId: '42' });
    const comeBack = await alice.goOffline();
    await expect(alice.recovered(20)).rejects.toThrow('The state is "reconnecting" after 20 ms.');
    await comeBack();
    await expect(alice.recovered()).resolves.toHaveLength(2);
  });

  it('say what there was where one waits in vain', async () => {
    await using stage = await startAlice({}, { timeoutMs: 30 });
    const { alice } = stage;
    await expect(alice.recovered()).rejects.toThrow('The connection was not lost after 30 ms.');
    await expect(alice.waitForRecovery('event', { eventId: '42' })).rejects.toThrow(
      /No recovery within 30 ms\. So far: .*"event-42" fresh/,
    );
  });
});

describe('expireToken', () => {
  it('ends the time of the token, and the client goes on with another one', async () => {
    await using stage = await startAlice();
    const { alice, server, publish, hears } = stage;
    const { state } = alice;
    await alice.expireToken();
    await publish('t-1');
    expect(await hears()).toBe('t-1');
    expect(alice.state).toBe(state);
    expect(server.connects).toHaveLength(1);
    expect(alice.recoveries.filter(({ status }) => status === 'gap')).toEqual([]);
    await alice.expireToken();
    await publish('t-2');
    expect(await hears()).toBe('t-2');
  });

  it('delivers nothing and does nothing in between', async () => {
    const errors: unknown[] = [];
    const client = { onError: (error: unknown) => errors.push(error) };
    await using stage = await startAlice({}, { client });
    const { alice, publish } = stage;
    await alice.expireToken({ nextToken: 'no token at all' });
    await publish('t-1');
    await expect(
      alice.emit('send-message', { eventId: '42', message: 'Hello' }),
    ).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    expect(alice.received('ticket-purchased')).toEqual([]);
    await eventually(() => expect(errors[0]).toMatchObject({ code: 'AUTHENTICATION_FAILED' }));
  });

  it('ends the session of a user who gets no other token, after a while', async () => {
    await using stage = await startAlice({ tokenGraceMs: 50 });
    const { alice, server } = stage;
    await alice.expireToken({ nextToken: 'no token at all' });
    await expect(server.disconnects.next()).resolves.toMatchObject({
      ...{ userId: 'alice', reason: 'TOKEN_EXPIRED' },
    });
    await eventually(() =>
      expect(alice.state).toMatchObject({
        ...{ status: 'closed', reason: 'refused', error: { code: 'AUTHENTICATION_FAILED' } },
      }),
    );
    // A new connection is a new beginning.
    await alice.connect('alice');
  });

  it('says where it cannot', async () => {
    await using stage = await startAlice();
    const { url, tokenFor } = stage.server;
    await using guest = new WebSocketTester(stage.server);
    await guest.connect();
    await expect(guest.expireToken()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await using bob = new WebSocketTester({ contract, url, tokenFor });
    await bob.connect('bob');
    await expect(bob.expireToken()).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
  });
});

describe('options', () => {
  it('are those of the client underneath', async () => {
    await using stage = await startAlice({}, { client: { maxReplay: 1 } });
    const { alice, publish } = stage;
    await publish('t-0');
    const comeBack = await alice.goOffline();
    for (const ticket of ['t-1', 't-2']) await publish(ticket);
    await comeBack();
    await expect(alice.waitForRecovery('event', { eventId: '42' })).resolves.toMatchObject({
      ...{ status: 'gap', reason: 'limit' },
    });
  });
});
