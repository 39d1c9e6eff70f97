import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import {
  assertNotConnected,
  assertReceivesEvent,
  startTestServer,
  WebSocketTester,
} from '@roomcast/realtime-testing';

const purchase = eventContract.events['ticket-purchased'].example;

test('a client whose token expires gets another one and misses nothing', async () => {
  await using server = await startTestServer(eventContract);
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');
  await alice.join('event', { eventId: '42' });

  await alice.expireToken();
  await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase);

  await assertReceivesEvent(alice, 'ticket-purchased');
  assert.equal(server.connects.length, 1);
});

test('a user who gets no other token is out', async () => {
  await using server = await startTestServer(eventContract, { tokenGraceMs: 50 });
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');

  await alice.expireToken({ nextToken: 'of a user who is gone' });

  assert.equal((await server.disconnects.next()).reason, 'TOKEN_EXPIRED');
  await assertNotConnected(alice);
});
