import { createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { expect, test } from 'vitest';
import '@roomcast/realtime-testing/vitest';

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

  await expect(alice).not.toHaveRecovered();
  expect(await alice.waitForRecovery('event', { eventId: '42' })).toMatchObject({
    ...{ status: 'gap', reason: 'overflow', missed: 11 },
  });
});
