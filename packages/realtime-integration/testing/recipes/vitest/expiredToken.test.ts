import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { expect, test } from 'vitest';
import '@roomcast/realtime-testing/vitest';

const purchase = eventContract.events['ticket-purchased'].example;

test('a client whose token expires gets another one and misses nothing', async () => {
  await using server = await startTestServer(eventContract);
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');
  await alice.join('event', { eventId: '42' });

  await alice.expireToken();
  await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase);

  await expect(alice).toReceiveEvent('ticket-purchased');
  expect(server.connects).toHaveLength(1);
});

test('a user who gets no other token is out', async () => {
  await using server = await startTestServer(eventContract, { tokenGraceMs: 50 });
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');

  await alice.expireToken({ nextToken: 'of a user who is gone' });

  expect(await server.disconnects.next()).toMatchObject({ reason: 'TOKEN_EXPIRED' });
  await expect(alice).not.toBeConnected();
});
