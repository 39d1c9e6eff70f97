import { defineContract } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { purchase } from '../client/openClient.ts';
import { openSockets } from './openSockets.ts';

const contract = eventContract;
const receipt = { messageId: 'message-1', timestamp: '2026-05-04T18:30:00.000Z' };

async function startAlice() {
  const server = await startTestServer(contract, {
    ...{ actions: { 'send-message': async () => receipt } },
  });
  const alice = new WebSocketTester(server);
  await alice.connect('alice');
  const publish = (ticketId: string) =>
    server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(ticketId));
  return {
    ...{ server, alice, publish },
    async [Symbol.asyncDispose]() {
      await alice.disconnect();
      await server.close();
    },
  };
}

describe('connect', () => {
  it('waits for the session of a user', async () => {
    await using stage = await startAlice();
    expect(stage.alice.client.state).toMatchObject({ status: 'connected', userId: 'alice' });
    expect(stage.server.manager.getConnectionCount()).toBe(1);
  });

  it('waits for the session of a guest', async () => {
    await using server = await startTestServer(contract);
    await using guest = new WebSocketTester(server);
    await guest.connect();
    expect(guest.client.state).toMatchObject({ status: 'connected', userId: null });
  });

  it('replaces the connection of before', async () => {
    await using stage = await startAlice();
    const { alice, server } = stage;
    await alice.connect('bob');
    expect(alice.client.state).toMatchObject({ userId: 'bob' });
    await vi.waitFor(() => expect(server.manager.getConnectionCount()).toBe(1));
  });

  it('happens in turn: of several at once the last one stays, and nothing is left over', async () => {
    const server = await startTestServer(contract);
    const tester = new WebSocketTester(server);
    await Promise.all([tester.connect('alice'), tester.connect('bob'), tester.connect('carol')]);
    expect(tester.state).toMatchObject({ status: 'connected', userId: 'carol' });
    const connecting = tester.connect('dave');
    await Promise.all([connecting, tester.disconnect()]);
    expect(tester.state).toEqual({ status: 'idle' });
    await server.close();
    await vi.waitFor(() => expect(openSockets()).toBe(0));
  });

  it('rejects with the refusal, and leaves nothing open', async () => {
    const server = await startTestServer(contract, {
      authenticate: () => Promise.reject(new Error('nobody')),
    });
    const eve = new WebSocketTester(server);
    await expect(eve.connect('eve')).rejects.toMatchObject({
      ...{ name: 'RoomcastError', code: 'AUTHENTICATION_FAILED' },
    });
    expect(() => eve.client).toThrow('Call `connect` of the tester first.');
    await server.close();
    await vi.waitFor(() => expect(openSockets()).toBe(0));
  });

  it('works for a contract without events', async () => {
    const silent = defineContract({
      ...{ version: '1.0', rooms: { lobby: { template: 'lobby', access: 'public' } }, events: {} },
    });
    await using server = await startTestServer(silent);
    await using guest = new WebSocketTester(server);
    await guest.connect();
    await guest.join('lobby');
    expect(server.manager.getActiveRooms()).toEqual(['lobby']);
  });
});

describe('before connect', () => {
  it('every use says what to do', async () => {
    await using server = await startTestServer(contract);
    const nobody = new WebSocketTester(server);
    const notConnected = { code: 'NOT_CONNECTED' };
    expect(() => nobody.client).toThrow(expect.objectContaining(notConnected));
    await expect(nobody.join('global')).rejects.toMatchObject(notConnected);
    await expect(nobody.drop()).rejects.toMatchObject(notConnected);
    await expect(nobody.waitForEvent('ticket-purchased')).rejects.toMatchObject(notConnected);
    await expect(nobody.received('ticket-purchased').next()).rejects.toMatchObject(notConnected);
    await expect(nobody.waitForRecovery('global')).rejects.toMatchObject(notConnected);
    expect(nobody.received()).toEqual([]);
    await nobody.disconnect();
  });
});

describe('a name that the contract does not have', () => {
  it('is refused with those that it has', async () => {
    await using stage = await startAlice();
    const { alice } = stage;
    // From a test that is not checked by a compiler.
    const misspelt = 'ticket-purchasd' as 'ticket-purchased';
    const unknown = {
      code: 'UNKNOWN_EVENT',
      message: expect.stringMatching(
        /^The contract has no event "ticket-purchasd"\. Use one of these: .*"ticket-purchased"/,
      ),
    };
    await expect(alice.waitForEvent(misspelt)).rejects.toMatchObject(unknown);
    expect(() => alice.received(misspelt)).toThrow(expect.objectContaining(unknown));
    expect(() => alice.received('toString' as 'notification')).toThrow('no event "toString"');
  });
});

describe('waitForEvent', () => {
  it('returns what came before the call, and what comes after it, in order', async () => {
    await using stage = await startAlice();
    const { alice, publish } = stage;
    await alice.join('event', { eventId: '42' });
    await publish('t-1');
    await publish('t-2');
    // An answer comes behind the events that were published before it was asked for.
    await alice.emit('send-message', { eventId: '42', message: 'Hello' });
    expect((await alice.waitForEvent('ticket-purchased')).ticketId).toBe('t-1');
    expect((await alice.waitForEvent('ticket-purchased')).ticketId).toBe('t-2');
    const third = alice.waitForEvent('ticket-purchased');
    await publish('t-3');
    expect((await third).ticketId).toBe('t-3');
  });

  it('rejects in time, with what did arrive', async () => {
    await using stage = await startAlice();
    const { alice, publish } = stage;
    await alice.join('event', { eventId: '42' });
    await publish('t-1');
    await expect(alice.waitForEvent('new-message', 30)).rejects.toThrow(
      'No "new-message" within 30 ms. Waiting to be taken: 1 × "ticket-purchased".',
    );
  });
});

describe('join', () => {
  it('waits until the server has let the session in', async () => {
    await using stage = await startAlice();
    await stage.alice.join('event', { eventId: '42' });
    expect(stage.server.manager.getActiveRooms()).toContain('event-42');
  });

  it('rejects with the refusal, and asks anew the next time', async () => {
    let isOpen = false;
    const guarded = defineContract({
      ...{ version: '1.0', rooms: { event: { template: 'event-{eventId}' } }, events: {} },
    });
    await using server = await startTestServer(guarded, {
      ...{ authorise: () => [isOpen] },
    });
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    await expect(alice.join('event', { eventId: '42' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    isOpen = true;
    await alice.join('event', { eventId: '42' });
  });
});

describe('a join that is not answered in time', () => {
  it('is given up, and says what it waited for and where the connection stands', async () => {
    await using server = await startTestServer(contract);
    await using alice = new WebSocketTester(server, { timeoutMs: 100 });
    await alice.connect('alice');
    const comeBack = await alice.goOffline();
    await expect(alice.join('event', { eventId: '42' })).rejects.toThrow(
      /^No answer about the room "event-42" within 100 ms\. The connection is "reconnecting" \(CONNECTION_/,
    );
    const uses = [...alice.client.ports.inspection.rooms.all].map((one) => one.uses);
    expect(Math.max(...uses)).toBe(0);
    await comeBack();
  });
});

describe('what it is made with', () => {
  it('is refused where it cannot be used', async () => {
    await using server = await startTestServer(contract);
    const make = (target: unknown, timeoutMs?: number) =>
      new WebSocketTester(target as typeof server, timeoutMs === undefined ? {} : { timeoutMs });
    const failures: [() => unknown, string][] = [
      [() => make(Promise.resolve(server)), 'Await `startTestServer` first.'],
      [() => make(undefined), 'to have `url`, `contract` and `tokenFor`'],
      [() => make({ ...server, contract: undefined }), 'Expected `contract` to be'],
      [() => make(server, Number.NaN), 'Expected `timeoutMs` to be a number'],
    ];
    for (const [fail, message] of failures) {
      expect(fail).toThrow(
        expect.objectContaining({
          ...{ code: 'INVALID_CONFIG', message: expect.stringContaining(message) },
        }),
      );
    }
  });
});

describe('emit', () => {
  it('calls an action', async () => {
    await using stage = await startAlice();
    const answer = stage.alice.emit('send-message', { eventId: '42', message: 'Hello' });
    await expect(answer).resolves.toEqual(receipt);
  });
});

describe('drop', () => {
  it('loses the connection, which comes back by itself with its rooms', async () => {
    await using stage = await startAlice();
    const { alice, publish } = stage;
    await alice.join('event', { eventId: '42' });
    const before = alice.client.state;
    await alice.drop();
    expect(alice.client.state).toMatchObject({
      ...{ status: 'reconnecting', attempt: 1, error: { code: 'CONNECTION_LOST' } },
    });
    await alice.connected();
    expect(alice.client.state).not.toEqual(before);
    await publish('t-1');
    expect((await alice.waitForEvent('ticket-purchased')).ticketId).toBe('t-1');
  });

  it('is refused where there is no connection, and ends no time offline', async () => {
    await using stage = await startAlice();
    const { alice } = stage;
    const comeBack = await alice.goOffline();
    await expect(alice.drop()).rejects.toMatchObject({
      ...{ code: 'NOT_CONNECTED', message: expect.stringContaining('is "reconnecting"') },
    });
    await expect(alice.connected(100)).rejects.toThrow('No connection within 100 ms.');
    await comeBack();
    expect(alice.state.status).toBe('connected');
  });

  it('can be repeated', async () => {
    await using stage = await startAlice();
    for (let count = 0; count < 20; count += 1) {
      await stage.alice.drop();
      await stage.alice.connected();
    }
    await vi.waitFor(() => expect(stage.server.manager.getConnectionCount()).toBe(1));
  });
});

describe('disconnect', () => {
  it('leaves neither sockets nor servers open, and is harmless when called twice', async () => {
    const stage = await startAlice();
    const { client } = stage.alice;
    await stage.alice.disconnect();
    await stage.alice.disconnect();
    expect(client.state).toMatchObject({ status: 'closed', reason: 'closed' });
    await vi.waitFor(() => expect(stage.server.manager.getConnectionCount()).toBe(0));
    await stage.server.close();
    await vi.waitFor(() => expect(openSockets()).toBe(0));
  });

  it('happens in the middle of a reconnect, too', async () => {
    const stage = await startAlice();
    await stage.server.close();
    await vi.waitFor(() => expect(stage.alice.client.state.status).toBe('reconnecting'));
    await stage.alice.disconnect();
    await vi.waitFor(() => expect(openSockets()).toBe(0));
  });

  it('happens at the end of `await using`', async () => {
    await using server = await startTestServer(contract);
    {
      await using alice = new WebSocketTester(server);
      await alice.connect('alice');
    }
    await vi.waitFor(() => expect(server.manager.getConnectionCount()).toBe(0));
  });
});

describe('many testers', () => {
  it('share a server: 100 concurrent connections hear the same', async () => {
    await using server = await startTestServer(contract);
    const testers = Array.from({ length: 100 }, () => new WebSocketTester(server));
    await Promise.all(testers.map((tester) => tester.connect()));
    await Promise.all(testers.map((tester) => tester.join('event', { eventId: '42' })));
    expect(server.manager.getConnectionCount()).toBe(100);
    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
    const heard = await Promise.all(
      testers.map((tester) => tester.waitForEvent('ticket-purchased', 5_000)),
    );
    expect(new Set(heard.map(({ ticketId }) => ticketId))).toEqual(new Set(['t-1']));
    await Promise.all(testers.map((tester) => tester.disconnect()));
  }, 15_000);

  it('hear 1,000 events of a burst, all of them and in order', async () => {
    await using stage = await startAlice();
    const { alice, publish } = stage;
    await alice.join('event', { eventId: '42' });
    const tickets = Array.from({ length: 1_000 }, (_, index) => `t-${index}`);
    await Promise.all(tickets.map(publish));
    const heard: string[] = [];
    for (const _ of tickets) heard.push((await alice.waitForEvent('ticket-purchased')).ticketId);
    expect(heard).toEqual(tickets);
  });
});
