import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { expect, test } from 'vitest';
import '@roomcast/realtime-testing/vitest';

const purchase = { ...eventContract.events['ticket-purchased'].example, ticketId: 't-1' };

test('everyone at an event hears of a purchase, and nobody else does', async () => {
  await using server = await startTestServer(eventContract);
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');
  await alice.join('event', { eventId: '42' });
  await using guest = new WebSocketTester(server);
  await guest.connect();
  await guest.join('event', { eventId: '43' });

  await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase);

  await expect(alice).toReceiveEvent('ticket-purchased', { ticketId: 't-1' });
  await expect(guest).not.toReceiveEvent('ticket-purchased');
  expect(server.published('ticket-purchased')).toHaveLength(1);
});
