import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import {
  assertNotConnected,
  assertReceivesNoEvent,
  assertRecovered,
  startTestServer,
  WebSocketTester,
} from '@roomcast/realtime-testing';

const purchase = eventContract.events['ticket-purchased'].example;

test('who loses the connection hears afterwards what was sold meanwhile', async () => {
  await using server = await startTestServer(eventContract);
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');
  await alice.join('event', { eventId: '42' });

  const comeBack = await alice.goOffline();
  await assertNotConnected(alice);
  for (const ticketId of ['t-1', 't-2']) {
    await server.manager.broadcastToEvent('42', 'ticket-purchased', { ...purchase, ticketId });
  }
  await comeBack();

  await assertRecovered(alice);
  assert.equal((await alice.waitForEvent('ticket-purchased')).ticketId, 't-1');
  assert.equal((await alice.waitForEvent('ticket-purchased')).ticketId, 't-2');
  await assertReceivesNoEvent(alice, 'ticket-purchased');
});
