import { createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { purchase } from '../client/openClient.ts';

const contract = eventContract;
const message = { eventId: '42', message: 'Hello' };
const receipt = { messageId: 'message-1', timestamp: '2026-05-04T18:30:00.000Z' };

describe('published', () => {
  it('has what the log has taken, with its place in it, whether somebody heard it or not', async () => {
    await using server = await startTestServer(contract);
    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
    await server.manager.broadcastToEvent('43', 'ticket-purchased', purchase('t-2'));
    await server.manager.broadcastToUser('alice', 'notification', {
      ...contract.events.notification.example,
    });
    expect(server.published('ticket-purchased')).toMatchObject([
      { room: 'event-42', payload: { ticketId: 't-1' }, position: { offset: 1 } },
      { room: 'event-43', payload: { ticketId: 't-2' }, position: { offset: 1 } },
    ]);
    expect(server.published('notification')).toMatchObject([{ room: 'user-alice' }]);
    expect(server.published('balance-updated')).toEqual([]);
  });

  it('has what action handlers published, and can be waited at', async () => {
    await using server = await startTestServer(contract, {
      actions: {
        async 'send-message'(_, { publisher }) {
          const payload = contract.events['new-message'].example;
          const input = { room: 'event-42', event: 'new-message', payload } as const;
          await publisher.publish({ ...input, delivery: 'reliable' });
          return receipt;
        },
      },
    });
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    const published = server.published('new-message').next();
    await alice.emit('send-message', message);
    await expect(published).resolves.toMatchObject({ room: 'event-42', event: 'new-message' });
  });

  it('has nothing that the log refused', async () => {
    const broker = createMemoryBroker();
    await using server = await startTestServer(contract, { broker });
    await broker.close();
    const publishing = server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
    await expect(publishing).rejects.toMatchObject({ code: 'CLOSED' });
    expect(server.published('ticket-purchased')).toEqual([]);
  });

  it('says what was published instead', async () => {
    await using server = await startTestServer(contract);
    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
    await expect(server.published('event-updated').next(undefined, 10)).rejects.toThrow(
      'No "event-updated" within 10 ms. Waiting to be taken: 1 × "ticket-purchased".',
    );
  });
});

describe('received', () => {
  it('has the calls that reached a handler, and whose they were', async () => {
    const onMessage = vi.fn(async () => receipt);
    await using server = await startTestServer(contract, {
      actions: { 'send-message': onMessage },
    });
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    await alice.emit('send-message', message);
    expect(server.received('send-message')).toEqual([
      {
        ...{ userId: 'alice', sessionId: server.connects[0]?.sessionId, dialect: 'framed' },
        ...{ input: message, idempotencyKey: expect.anything(), retry: false },
      },
    ]);
    expect(onMessage).toHaveBeenCalledOnce();
  });

  it('has no call whose input was refused, or that has no handler', async () => {
    await using server = await startTestServer(contract, {
      actions: { 'send-message': undefined },
    });
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    await expect(alice.emit('send-message', message)).rejects.toMatchObject({
      code: 'UNKNOWN_EVENT',
    });
    expect(server.received('send-message')).toEqual([]);
  });
});

it('a name that the contract does not have is refused with those that it has', async () => {
  await using server = await startTestServer(contract, { record: false });
  expect(() => server.published('nope' as 'new-message')).toThrow(
    expect.objectContaining({
      code: 'UNKNOWN_EVENT',
      message: expect.stringMatching(/^The contract has no event "nope"\. .*"new-message"/),
    }),
  );
  expect(() => server.received('nope' as 'send-message')).toThrow(
    expect.objectContaining({
      code: 'UNKNOWN_EVENT',
      message: expect.stringMatching(/^The contract has no action "nope"\. .*"send-message"/),
    }),
  );
});

describe('sessions', () => {
  it('are there from the connect to the disconnect, with the rooms that they join', async () => {
    await using server = await startTestServer(contract);
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    await alice.join('event', { eventId: '42' });
    const { sessionId } = await server.connects.next();
    const session = { userId: 'alice', sessionId, dialect: 'framed' };
    expect(server.connects).toEqual([session]);
    expect(server.joins.map(({ room }) => room).toSorted()).toEqual([
      ...['event-42', 'global', 'user-alice'],
    ]);
    await alice.disconnect();
    await expect(server.disconnects.next()).resolves.toEqual({
      ...{ ...session, reason: 'client namespace disconnect' },
    });
  });

  it('say why they ended: a lost connection, or the server', async () => {
    await using server = await startTestServer(contract);
    await using alice = new WebSocketTester(server);
    await using guest = new WebSocketTester(server);
    await alice.connect('alice');
    await guest.connect();
    await guest.drop();
    await expect(server.disconnects.next()).resolves.toMatchObject({
      ...{ userId: null, reason: 'transport close' },
    });
    server.manager.sessions.revokeUser('alice');
    await expect(
      server.disconnects.next(({ userId }) => userId === 'alice'),
    ).resolves.toMatchObject({ reason: 'TOKEN_REVOKED' });
  });

  it('say what there was where one waits in vain', async () => {
    await using server = await startTestServer(contract);
    await expect(server.joins.next(undefined, 1)).rejects.toThrow('Nobody has joined a room.');
    await using guest = new WebSocketTester(server);
    await guest.connect();
    await guest.join('event', { eventId: '42' });
    const isOther = ({ room }: { readonly room: string }) => room === 'event-43';
    await expect(server.joins.next(isOther, 1)).rejects.toThrow(
      'No join within 1 ms. Joined so far: a guest event-42.',
    );
    await expect(server.disconnects.next(undefined, 1)).rejects.toThrow(
      'No disconnect within 1 ms. 1 sessions began so far, and 0 ended.',
    );
  });
});

it('a server that is not to record anything does not', async () => {
  await using server = await startTestServer(contract, {
    ...{ record: false, actions: { 'send-message': async () => receipt } },
  });
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');
  await alice.emit('send-message', message);
  await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
  expect([
    ...[server.connects, server.joins, server.received('send-message')],
    server.published('ticket-purchased'),
  ]).toEqual([[], [], [], []]);
});
