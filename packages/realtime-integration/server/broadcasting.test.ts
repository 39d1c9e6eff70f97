import { createBroadcaster, WebSocketBroadcaster } from '@roomcast/realtime-broadcaster';
import { createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectPlain } from './plainClient.ts';

// Hundreds of connections take their time on a machine that is busy.
vi.setConfig({ testTimeout: 20_000 });

const contract = eventContract;
const purchase = (ticketId: string) => ({
  ...contract.events['ticket-purchased'].example,
  ticketId,
});
const notice = contract.events.notification.example;

describe('a broadcast', () => {
  it('to an event reaches its members, and nobody else', async () => {
    await using server = await startTestServer(contract);
    await using alice = new WebSocketTester(server);
    await using bob = new WebSocketTester(server);
    await alice.connect('alice');
    await bob.connect('bob');
    await alice.join('event', { eventId: '42' });
    await bob.join('event', { eventId: '43' });

    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
    expect(await alice.waitForEvent('ticket-purchased')).toEqual(purchase('t-1'));
    // What comes later on the same connection has nothing before it.
    await server.manager.broadcastToEvent('43', 'ticket-purchased', purchase('t-2'));
    expect(await bob.waitForEvent('ticket-purchased')).toEqual(purchase('t-2'));
  });

  it('to a user reaches every connection of that user, and nobody else', async () => {
    await using server = await startTestServer(contract);
    await using phone = new WebSocketTester(server);
    await using bob = new WebSocketTester(server);
    await phone.connect('alice');
    await bob.connect('bob');
    using laptop = await connectPlain(server.url, {
      auth: { token: await server.tokenFor('alice') },
    });
    using guest = await connectPlain(server.url);
    await server.manager.broadcastToUser('alice', 'notification', { ...notice, title: 'A' });
    await server.manager.broadcastToUser('bob', 'notification', { ...notice, title: 'B' });
    expect(await phone.waitForEvent('notification')).toMatchObject({ title: 'A' });
    expect(await bob.waitForEvent('notification')).toMatchObject({ title: 'B' });
    await guest.ask('ping');
    await laptop.ask('ping');
    expect(guest.received('notification')).toEqual([]);
    expect(laptop.received('notification')).toEqual([{ ...notice, title: 'A' }]);
  });

  it('to everyone reaches every user, and no guest', async () => {
    await using server = await startTestServer(contract);
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    using guest = await connectPlain(server.url);
    const announcement = contract.events['system-announcement'].example;
    await server.manager.broadcastGlobal('system-announcement', announcement);
    expect(await alice.waitForEvent('system-announcement')).toEqual(announcement);
    await guest.ask('ping');
    expect(guest.received('system-announcement')).toEqual([]);
  });

  it('may come from a broadcaster that publishes through the manager', async () => {
    await using server = await startTestServer(contract);
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    await alice.join('event', { eventId: '42' });
    const typed = createBroadcaster(contract, server.manager);
    await typed.to('event', { eventId: '42' }).emit('ticket-purchased', purchase('t-9'));
    expect(await alice.waitForEvent('ticket-purchased')).toEqual(purchase('t-9'));
    await new WebSocketBroadcaster(server.manager).broadcastBalanceUpdate('alice', 12.5);
    expect(await alice.waitForEvent('balance-updated')).toMatchObject({ balance: 12.5 });
  });

  it('of 1,000 at once is received by everybody, all and in order', async () => {
    await using server = await startTestServer(contract);
    await using framed = new WebSocketTester(server);
    await framed.connect('alice');
    await framed.join('event', { eventId: '42' });
    using plain = await connectPlain(server.url);
    await plain.ask('join-event', '42');
    const received: string[] = [];
    framed.client.on('ticket-purchased', ({ ticketId }) => received.push(ticketId));

    const ids = Array.from({ length: 1_000 }, (_, index) => `t-${index}`);
    await Promise.all(
      ids.map((id) => server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(id))),
    );
    await eventually(() => expect(received).toHaveLength(1_000));
    await eventually(() => expect(plain.received('ticket-purchased')).toHaveLength(1_000));
    expect(received).toEqual(ids);
    expect(
      plain
        .received('ticket-purchased')
        .map((payload) => (payload as { ticketId: string }).ticketId),
    ).toEqual(ids);
  });

  it('misses nobody who joins in the midst of many, and reaches nobody twice', async () => {
    await using server = await startTestServer(contract);
    await using framed = new WebSocketTester(server);
    await framed.connect();
    const counters: number[] = [];
    const recoveries: string[] = [];
    framed.client.on('ticket-purchased', (_, { counter }) => counters.push(counter));
    framed.client.onRecovery(({ status }) => recoveries.push(status));
    using plain = await connectPlain(server.url);

    let isOver = false;
    let last = 0;
    const publishing = (async () => {
      while (!isOver) {
        last += 1;
        await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(`${last}`));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    await framed.client.subscribe('event', { eventId: '42' }).joined();
    for (let round = 0; round < 20; round += 1) await plain.ask('join-event', '42');
    isOver = true;
    await publishing;
    // What was published last may wait a moment for more.
    await eventually(() => {
      expect(counters.at(-1)).toBe(last);
      expect(plain.received('ticket-purchased').at(-1)).toMatchObject({ ticketId: `${last}` });
    });
    await framed.join('event', { eventId: 'other' });

    expect(counters).toEqual(counters.map((_, index) => last - counters.length + 1 + index));
    expect(recoveries).toEqual(['fresh', 'fresh']);
    const ids = plain
      .received('ticket-purchased')
      .map((payload) => Number((payload as { ticketId: string }).ticketId));
    expect(ids).toEqual(ids.map((_, index) => last - ids.length + 1 + index));
  });

  it('reaches 100 connections at the same time', async () => {
    await using server = await startTestServer(contract);
    const testers = Array.from({ length: 100 }, () => new WebSocketTester(server));
    await Promise.all(
      testers.map(async (tester, index) => {
        await tester.connect(index % 2 === 0 ? `user-${index}` : undefined);
        await tester.join('event', { eventId: '42' });
      }),
    );
    expect(server.manager.getConnectionCount()).toBe(100);
    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
    const payloads = await Promise.all(
      testers.map((tester) => tester.waitForEvent('ticket-purchased')),
    );
    expect(payloads).toEqual(Array(100).fill(purchase('t-1')));
    await Promise.all(testers.map((tester) => tester.disconnect()));
    await eventually(() => expect(server.manager.getConnectionCount()).toBe(0));
    expect(server.manager.getActiveRooms()).toEqual([]);
  });

  it('that the contract does not describe reaches nobody', async () => {
    await using server = await startTestServer(contract);
    using plain = await connectPlain(server.url);
    await plain.ask('join-event', '42');
    const { manager } = server;
    await expect(
      manager.broadcastToEvent('', 'ticket-purchased', purchase('t-1')),
    ).rejects.toMatchObject({ code: 'INVALID_ROOM' });
    await expect(
      manager.broadcastToEvent('42', 'notification' as never, notice as never),
    ).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' });
    await expect(
      manager.broadcastToEvent('42', 'ticket-purchased', { ticketId: 7 } as never),
    ).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
    await plain.ask('ping');
    expect(plain.received('ticket-purchased')).toEqual([]);
  });
});

describe('after a dropped transport', () => {
  it('the client is back in its rooms and receives again', async () => {
    await using server = await startTestServer(contract);
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    await alice.join('event', { eventId: '42' });
    await alice.drop();
    await alice.connected();
    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
    await server.manager.broadcastToUser('alice', 'notification', notice);
    expect(await alice.waitForEvent('ticket-purchased')).toEqual(purchase('t-1'));
    expect(await alice.waitForEvent('notification')).toEqual(notice);
    await eventually(() => expect(server.manager.getConnectionCount()).toBe(1));
  });

  it('the client is told, per room, whether it missed anything', async () => {
    const broker = createMemoryBroker({ history: { maxPublications: 1 } });
    await using server = await startTestServer(contract, { broker });
    await using alice = new WebSocketTester(server);
    await alice.connect();
    await alice.join('event', { eventId: 'busy' });
    await alice.join('event', { eventId: 'quiet' });
    const recoveries: unknown[] = [];
    alice.client.onRecovery((recovery) => recoveries.push(recovery));
    await alice.drop();
    for (const id of ['t-1', 't-2']) {
      await server.manager.broadcastToEvent('busy', 'ticket-purchased', purchase(id));
    }
    await alice.connected();
    expect(recoveries).toMatchObject([
      { room: 'event-busy', status: 'gap', reason: 'overflow', missed: 2 },
      { room: 'event-quiet', status: 'resumed' },
    ]);
  });
});
