import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';

const update = eventContract.events['event-updated'].example;

test('a client that reads slowly is caught up from the history, and misses nothing', async () => {
  const counted: string[] = [];
  await using server = await startTestServer(eventContract, {
    broker: createMemoryBroker({ history: { maxBytes: 50_000_000 } }),
    replayBytesPerMinute: 50_000_000,
    compressFrames: false,
    metrics: { count: (name, labels) => counted.push(`${name} ${labels?.reaction}`) },
  });
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');
  await alice.join('event', { eventId: '42' });

  const readOn = alice.pauseReading();
  for (let page = 0; page < 200; page += 1) {
    await setImmediate();
    const updates = { page, programme: 'x'.repeat(100_000) };
    await server.manager.broadcastToEvent('42', 'event-updated', { ...update, updates });
  }
  assert(counted.includes('roomcast_slow_clients_total paused'));

  readOn();
  for (let page = 0; page < 200; page += 1) {
    assert.equal((await alice.waitForEvent('event-updated')).updates.page, page);
  }
});
