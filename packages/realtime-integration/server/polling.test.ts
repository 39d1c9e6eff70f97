import { createRealtimeClient } from '@roomcast/realtime-client';
import { startTestServer } from '@roomcast/realtime-testing';
import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { clubContract } from './clubContract.ts';
import { connectPlain } from './plainClient.ts';

const contract = clubContract;

it('answers where everybody expects it', async () => {
  await using server = await startTestServer(contract);
  const response = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`);
  expect(response.status).toBe(200);
  const greeting = await response.text();
  expect(greeting[0]).toBe('0');
  expect(JSON.parse(greeting.slice(1))).toEqual({
    sid: expect.any(String),
    upgrades: ['websocket'],
    pingInterval: 25_000,
    pingTimeout: 60_000,
    maxPayload: 65_536,
  });
});

it('serves a stock client that does nothing but poll, from end to end', async () => {
  await using server = await startTestServer(contract, {
    actions: { say: ({ text }) => ({ length: text.length }) },
  });
  using client = await connectPlain(server.url, { transports: ['polling'] });
  expect(await client.ask('authenticate', await server.tokenFor('alice'))).toMatchObject({
    ok: true,
  });
  expect(await client.ask('join-event', '42')).toMatchObject({ ok: true });
  expect(await client.ask('say', { text: 'hello' })).toEqual({ ok: true, value: { length: 5 } });
  const texts = Array.from({ length: 50 }, (_, index) => `${index}`);
  await Promise.all(texts.map((text) => server.manager.broadcastToEvent('42', 'said', { text })));
  await server.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
  await eventually(() => expect(client.received('whispered')).toHaveLength(1));
  await eventually(() => expect(client.received('said')).toEqual(texts.map((text) => ({ text }))));
  expect(client.socket.io.engine.transport.name).toBe('polling');
  client.socket.disconnect();
  await eventually(() => expect(server.manager.getConnectionCount()).toBe(0));
});

it('serves our own client that does nothing but poll', async () => {
  await using server = await startTestServer(contract);
  await using client = createRealtimeClient({
    ...{ contract, url: server.url, transports: ['polling'] },
    getToken: () => server.tokenFor('alice'),
  });
  const texts: string[] = [];
  client.on('said', ({ text }) => texts.push(text));
  await client.subscribe('event', { eventId: '42' }).joined();
  await server.manager.broadcastToEvent('42', 'said', { text: 'one' });
  await server.manager.broadcastToEvent('42', 'said', { text: 'two' });
  await eventually(() => expect(texts).toEqual(['one', 'two']));
});

it('moves a stock client from polling to WebSocket, and it misses nothing', async () => {
  await using server = await startTestServer(contract);
  using client = await connectPlain(server.url, { transports: ['polling', 'websocket'] });
  await client.ask('join-event', '42');
  let sent = 0;
  await eventually(async () => {
    await server.manager.broadcastToEvent('42', 'said', { text: String(sent++) });
    expect(client.socket.io.engine.transport.name).toBe('websocket');
  });
  await server.manager.broadcastToEvent('42', 'said', { text: String(sent++) });
  await eventually(() => expect(client.received('said')).toHaveLength(sent));
  expect(client.received('said')).toEqual(
    Array.from({ length: sent }, (_, index) => ({ text: String(index) })),
  );
});

it.each(['GET', 'POST', 'PUT'])(
  'is not what a %s gets that names a WebSocket, and it gets an answer',
  async (method) => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    const { id: sid } = client.socket.io.engine as unknown as { readonly id: string };
    const query = `EIO=4&transport=websocket&sid=${sid}`;
    const response = await fetch(`${server.url}/socket.io/?${query}`, { method });
    expect(response.status).toBe(400);
    expect(await client.ask('ping')).toMatchObject({ ok: true });
  },
);

it('may be turned off', async () => {
  await using server = await startTestServer(contract, { transports: ['websocket'] });
  const response = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`);
  expect(response.status).toBe(400);
  using _client = await connectPlain(server.url);
});
