import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';
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

export async function rooms(): Promise<void> {
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
