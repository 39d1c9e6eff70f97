import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { assertNotRecovered, startTestServer, WebSocketTester } from '@roomcast/realtime-testing';

const purchase = eventContract.events['ticket-purchased'].example;

test('who was away for longer than the history lasts is told what is missing', async () => {
  const broker = createMemoryBroker({ history: { maxPublications: 10 } });
  await using server = await startTestServer(eventContract, { broker });
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');
  await alice.join('event', { eventId: '42' });

  const comeBack = await alice.goOffline();
  for (let count = 0; count < 11; count += 1) {
    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase);
  }
  await comeBack();

  await assertNotRecovered(alice);
  const recovery = await alice.waitForRecovery('event', { eventId: '42' });
  assert(recovery.status === 'gap');
  assert.deepEqual([recovery.reason, recovery.missed], ['overflow', 11]);
});
