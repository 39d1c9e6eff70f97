import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { expect, test } from 'vitest';
import '@roomcast/realtime-testing/vitest';

const purchase = eventContract.events['ticket-purchased'].example;

test('who loses the connection hears afterwards what was sold meanwhile', async () => {
  await using server = await startTestServer(eventContract);
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');
  await alice.join('event', { eventId: '42' });

  const comeBack = await alice.goOffline();
  await expect(alice).not.toBeConnected();
  for (const ticketId of ['t-1', 't-2']) {
    await server.manager.broadcastToEvent('42', 'ticket-purchased', { ...purchase, ticketId });
  }
  await comeBack();

  await expect(alice).toHaveRecovered();
  expect(await alice.waitForEvent('ticket-purchased')).toMatchObject({ ticketId: 't-1' });
  expect(await alice.waitForEvent('ticket-purchased')).toMatchObject({ ticketId: 't-2' });
  await expect(alice).not.toReceiveEvent('ticket-purchased');
});
