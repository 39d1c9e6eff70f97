import { createMemoryBroker } from '@roomcast/realtime-broker';
import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';
import { assertJoined } from '../assertions/assertJoined.ts';
import { assertReceivesEvent, assertReceivesNoEvent } from '../assertions/assertReceivesEvent.ts';
import { startTestCluster } from '../server/startTestCluster.ts';
import { startTestServer } from '../server/startTestServer.ts';
import type { TesterTarget } from '../server/testServer.ts';
import { testEventRoomJoin } from './testEventRoomJoin.ts';
import { testWebSocketConnection } from './testWebSocketConnection.ts';
import { WebSocketTester } from './webSocketTester.ts';

const contract = defineContract({
  version: '1.0',
  rooms: {
    event: { template: 'event-{eventId}', access: 'public' },
    global: { template: 'global' },
  },
  events: {
    sold: {
      room: 'event',
      payload: z.object({ seat: z.string() }),
      delivery: 'reliable',
      example: { seat: 'C12' },
    },
  },
  actions: {
    buy: { input: z.object({ seat: z.string() }), output: z.object({ ticket: z.string() }) },
  },
});

declare const target: TesterTarget<typeof contract>;

const tester = new WebSocketTester(target);

export async function events(): Promise<string> {
  const { seat } = await tester.waitForEvent('sold', 100);
  // @ts-expect-error no event of that name
  await tester.waitForEvent('slod');
  // @ts-expect-error no field of that name
  const { saet } = await tester.waitForEvent('sold');
  return seat + saet;
}

export async function received(): Promise<string> {
  const seats = tester.received('sold').map(({ seat }) => seat);
  // @ts-expect-error no event of that name
  tester.received('slod');
  // @ts-expect-error a recording is read, and not written
  tester.received('sold').push({ seat: 'C12' });
  const [first] = tester.received();
  // @ts-expect-error no event of that name
  if (first?.event === 'slod') return '';
  const { seat } = await tester.received('sold').next(({ seat }) => seat === 'C12', 100);
  return [...seats, seat, first?.payload.seat, first?.room].join();
}

export async function recoveries(): Promise<string> {
  await tester.recovered(100);
  // @ts-expect-error the parameters are missing
  await tester.waitForRecovery('event');
  const recovery = await tester.waitForRecovery('event', { eventId: '42' });
  // @ts-expect-error only a gap has a reason
  recovery.reason.toString();
  return recovery.status === 'gap' ? recovery.reason : recovery.room;
}

export async function rooms(): Promise<void> {
  await tester.leave('event', { eventId: '42' });
  // @ts-expect-error no room of that kind
  await tester.leave('evnt', { eventId: '42' });
  await tester.join('event', { eventId: '42' });
  await tester.join('global');
  // @ts-expect-error no room of that kind
  await tester.join('evnt', { eventId: '42' });
  // @ts-expect-error the parameters are missing
  await tester.join('event');
  // @ts-expect-error a parameter of another room
  await tester.join('event', { userId: '42' });
}

export async function actions(): Promise<string> {
  const { ticket } = await tester.emit('buy', { seat: 'C12' });
  // @ts-expect-error no action of that name
  await tester.emit('sell', { seat: 'C12' });
  // @ts-expect-error the field is text
  await tester.emit('buy', { seat: 12 });
  return ticket;
}

export async function recordings(): Promise<string> {
  const server = await startTestServer(contract);
  const { payload, position } = await server.published('sold').next();
  // @ts-expect-error no event of that name
  server.published('slod');
  const calls = server.received('buy').map(({ input, userId }) => `${userId} ${input.seat}`);
  // @ts-expect-error no action of that name
  server.received('sell');
  const { reason } = await server.disconnects.next(({ userId }) => userId === 'alice');
  const [join] = server.joins;
  return [payload.seat, position.offset, ...calls, reason, join?.room].join();
}

export async function clusters(): Promise<unknown[]> {
  const broker = createMemoryBroker();
  const cluster = await startTestCluster(contract, { nodes: 3, broker: async () => broker });
  await cluster.nodes[2].manager.broadcastToEvent('42', 'sold', { seat: 'C12' });
  // @ts-expect-error there are three nodes
  cluster.nodes[3].port.toString();
  const two = await startTestCluster(contract);
  two.nodes[1].port.toString();
  const nodes: number = cluster.nodes.length;
  const many = await startTestCluster(contract, { nodes });
  // @ts-expect-error nobody knows how many nodes there are
  many.nodes[0].port.toString();
  // @ts-expect-error the nodes have ports of their own
  await startTestCluster(contract, { port: 3001 });
  return [new WebSocketTester(cluster), startTestCluster(contract, { broker })];
}

export async function assertions(): Promise<string> {
  const { seat } = await assertReceivesEvent(tester, 'sold', {}, { timeoutMs: 100 });
  await assertReceivesNoEvent(tester, 'sold', { seat: 'C12' });
  // @ts-expect-error no event of that name
  await assertReceivesEvent(tester, 'slod');
  // @ts-expect-error the field is text
  await assertReceivesEvent(tester, 'sold', { seat: 12 });
  await assertJoined(tester, 'event', { eventId: '42' });
  // @ts-expect-error the parameters are missing
  await assertJoined(tester, 'event');
  return seat;
}

export async function servers(): Promise<unknown[]> {
  const server = await startTestServer(contract, { port: 3001, maxConnections: 1 });
  await server.manager.broadcastToEvent('42', 'sold', { seat: 'C12' });
  // @ts-expect-error no event of that name
  await server.manager.broadcastToEvent('42', 'slod', { seat: 'C12' });
  // @ts-expect-error the field is text
  await server.manager.broadcastToEvent('42', 'sold', { seat: 12 });
  // @ts-expect-error the contract is missing
  await startTestServer();
  // @ts-expect-error claims are an object
  await server.tokenFor('alice', 'admin');
  return [
    new WebSocketTester(server),
    testWebSocketConnection(server, 'alice'),
    testEventRoomJoin(server, '42', { userId: 'alice', timeoutMs: 100 }),
    // @ts-expect-error no option of that name
    testEventRoomJoin(server, '42', { user: 'alice' }),
    // @ts-expect-error a target needs a contract
    new WebSocketTester({ url: 'http://127.0.0.1:1', tokenFor: async () => '' }),
  ];
}
