import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import {
  assertReceivesEvent,
  assertReceivesNoEvent,
  startTestServer,
  WebSocketTester,
} from '@roomcast/realtime-testing';

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

  await assertReceivesEvent(alice, 'ticket-purchased', { ticketId: 't-1' });
  await assertReceivesNoEvent(guest, 'ticket-purchased');
  assert.equal(server.published('ticket-purchased').length, 1);
});
