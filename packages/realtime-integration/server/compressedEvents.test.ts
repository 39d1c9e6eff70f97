import { MessageCompressor } from '@roomcast/realtime-compression';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer } from '@roomcast/realtime-testing';
import { describe, expect, it } from 'vitest';
import { connectPlain, refusalOf } from './plainClient.ts';

const timestamp = '2026-05-04T18:30:00.000Z';

/** About 20 kB of JSON, with characters of every width in UTF-8. */
const large = {
  eventId: '42',
  updates: Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [
      `seat-${index}`,
      `frei – свободно – 空席 – 🎟️ ${index}`,
    ]),
  ),
  timestamp,
};
const small = { eventId: '42', updates: { venue: 'Harbour Hall' }, timestamp };

describe('a stock client that asks for compression', () => {
  it.each(['websocket', 'polling'] as const)(
    'gets a large event smaller, and equal once it is decompressed, over %s',
    async (transport) => {
      await using server = await startTestServer(eventContract);
      using client = await connectPlain(server.url, {
        transports: [transport],
        auth: { compress: true },
      });
      await client.ask('join-event', '42');
      const arrived = new Promise<[name: string, envelope: string]>((resolve) => {
        client.socket.once('compressed-event', (...args) => resolve(args as [string, string]));
      });

      await server.manager.broadcastToEvent('42', 'event-updated', large);

      const [name, envelope] = await arrived;
      expect(name).toBe('event-updated');
      expect(envelope.length).toBeLessThan(JSON.stringify(large).length / 4);
      expect(JSON.parse(MessageCompressor.decompressMessage(envelope))).toEqual(large);
      expect(client.received('event-updated')).toEqual([]);
    },
  );

  it('gets a small event as every other client does', async () => {
    await using server = await startTestServer(eventContract);
    using client = await connectPlain(server.url, { auth: { compress: true } });
    await client.ask('join-event', '42');
    const arrived = new Promise((resolve) => client.socket.once('event-updated', resolve));

    await server.manager.broadcastToEvent('42', 'event-updated', small);

    expect(await arrived).toEqual(small);
    expect(client.received('compressed-event')).toEqual([]);
  });
});

it('a client that does not ask gets a large event as it is, beside one that does', async () => {
  await using server = await startTestServer(eventContract);
  using asking = await connectPlain(server.url, { auth: { compress: true } });
  using plain = await connectPlain(server.url);
  for (const client of [asking, plain]) await client.ask('join-event', '42');
  const arrived = new Promise((resolve) => plain.socket.once('event-updated', resolve));
  const compressed = new Promise((resolve) => asking.socket.once('compressed-event', resolve));

  await server.manager.broadcastToEvent('42', 'event-updated', large);

  expect(await arrived).toEqual(large);
  expect(await compressed).toBe('event-updated');
});

it('asking for compression with anything but true or false is refused', async () => {
  await using server = await startTestServer(eventContract);
  const refusal = await refusalOf(server.url, { auth: { compress: 'yes' } });
  expect(refusal.data?.code).toBe('INVALID_HANDSHAKE');
});
