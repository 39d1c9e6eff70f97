import { createRealtimeClient } from '@roomcast/realtime-client';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectPlain } from './plainClient.ts';

const contract = eventContract;
const notice = contract.events.notification.example;

describe('a token that expires', () => {
  it('is followed by a fresh one of our client, whose session goes on', async () => {
    const lifetimesMs = { 'token 1': 60, 'token 2': 3_600_000 };
    const authenticate = vi.fn(async (token: string) => ({
      id: 'alice',
      expiresAtMs: Date.now() + lifetimesMs[token as 'token 1'],
    }));
    await using server = await startTestServer(contract, { authenticate });
    let count = 0;
    const getToken = () => `token ${++count}`;
    await using client = createRealtimeClient({ contract, url: server.url, getToken });
    const sessions = new Set<string>();
    client.watchState((state) => {
      if (state.status === 'connected') sessions.add(state.sessionId);
    });
    const titles: string[] = [];
    client.on('notification', ({ title }) => titles.push(title));
    client.connect();
    await eventually(() => expect(authenticate).toHaveBeenCalledTimes(2));
    expect(authenticate.mock.calls.map(([token]) => token)).toEqual(['token 1', 'token 2']);
    await server.manager.broadcastToUser('alice', 'notification', { ...notice, title: 'again' });
    await eventually(() => expect(titles).toEqual(['again']));
    expect(sessions.size).toBe(1);
    expect(server.manager.getConnectionCount()).toBe(1);
  });

  it('lets nothing through afterwards, to a client that does not notice, and ends it', async () => {
    await using server = await startTestServer(contract, {
      authenticate: async () => ({ id: 'alice', expiresAtMs: Date.now() + 60 }),
      tokenGraceMs: 200,
    });
    using client = await connectPlain(server.url, { auth: { token: 'x' } });
    await eventually(() => expect(client.received('token-expired')).toEqual([{ graceMs: 200 }]));
    await server.manager.broadcastToUser('alice', 'notification', notice);
    expect(await client.ask('ping')).toMatchObject({ ok: true });
    await eventually(() => expect(client.socket.connected).toBe(false));
    expect(client.received('notification')).toEqual([]);
    expect(server.manager.getConnectionCount()).toBe(0);
  });

  it('does not end a connection whose token was renewed', async () => {
    await using server = await startTestServer(contract, {
      authenticate: async (token) => ({ id: 'alice', expiresAtMs: Date.now() + Number(token) }),
    });
    const startedAtMs = performance.now();
    using client = await connectPlain(server.url, { auth: { token: '80' } });
    await client.ask('authenticate', '60000');
    await eventually(() => expect(performance.now() - startedAtMs).toBeGreaterThan(160));
    expect(await client.ask('ping')).toMatchObject({ ok: true });
  });
});

describe('the heartbeat', () => {
  it('reaches users and no guests', async () => {
    await using server = await startTestServer(contract, { heartbeatIntervalMs: 20 });
    using alice = await connectPlain(server.url, {
      auth: { token: await server.tokenFor('alice') },
    });
    using guest = await connectPlain(server.url);
    await eventually(() => expect(alice.received('heartbeat').length).toBeGreaterThan(2));
    expect(guest.received('heartbeat')).toEqual([]);
    expect(alice.received('heartbeat')[0]).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });
});
