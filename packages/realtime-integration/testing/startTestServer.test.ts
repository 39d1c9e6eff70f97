import { createServer } from 'node:net';
import { createRealtimeClient } from '@roomcast/realtime-client';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import {
  startTestServer,
  testWebSocketConnection,
  WebSocketTester,
} from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { openSockets } from './openSockets.ts';

const contract = eventContract;

describe('startTestServer', () => {
  it('listens on a free port of the loopback interface', async () => {
    await using first = await startTestServer(contract);
    await using second = await startTestServer(contract);
    expect(first.url).toBe(`http://127.0.0.1:${first.port}`);
    expect(first.port).not.toBe(second.port);
    expect(first.contract).toBe(contract);
    await testWebSocketConnection(first);
    expect(second.manager.getConnectionCount()).toBe(0);
  });

  it('closes everything at the end of `await using`', async () => {
    let url = '';
    {
      await using server = await startTestServer(contract);
      await using alice = new WebSocketTester(server);
      await alice.connect('alice');
      url = server.url;
    }
    await vi.waitFor(() => expect(openSockets()).toBe(0));
    await expect(fetch(url)).rejects.toThrow();
  });

  it('closes on clients that are still connected, and twice', async () => {
    const server = await startTestServer(contract);
    const client = createRealtimeClient({ contract, url: server.url });
    await client.subscribe('event', { eventId: '42' }).joined();
    await server.close();
    await server.close();
    await vi.waitFor(() => expect(client.state.status).toBe('reconnecting'));
    await client.close();
    await vi.waitFor(() => expect(openSockets()).toBe(0));
  });

  it('may be given the port of one that was closed', async () => {
    const first = await startTestServer(contract);
    await first.close();
    await using second = await startTestServer(contract, { port: first.port });
    expect(second.url).toBe(first.url);
    await testWebSocketConnection(second, 'alice');
  });

  it('leaves nothing behind where its port is taken', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as { port: number };
    const schedule = vi.fn(() => () => schedule.mock.results.pop());
    const clock = { now: Date.now, schedule };
    await expect(startTestServer(contract, { port, clock })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    // The heartbeat was the only timer, and it was cancelled.
    expect(schedule.mock.results).toEqual([]);
    squatter.close();
    await vi.waitFor(() => expect(openSockets()).toBe(0));
  });

  it('accepts the tokens that it gives, with their claims', async () => {
    const authorise = vi.fn(() => [true]);
    await using server = await startTestServer(contract, { authorise });
    const token = await server.tokenFor('alice', { role: 'admin' });
    await using client = createRealtimeClient({ contract, url: server.url, getToken: () => token });
    await client.subscribe('user', { userId: 'alice' }).joined();
    expect(client.state).toMatchObject({ status: 'connected', userId: 'alice' });
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toMatchObject({ sub: 'alice', role: 'admin' });
  });

  it('gives the same token for the same arguments, on every server', async () => {
    await using server = await startTestServer(contract);
    await using other = await startTestServer(contract);
    const token = await server.tokenFor('alice');
    // Of every run, too: nobody has to look for what changed.
    expect(token).toBe(
      'eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJhbGljZS0xIiwiaWF0IjoxNzY3MjI1NjAwLCJzdWIiOiJhbGljZSJ9.W1TGBlMiH2_p62xYCqg92vYAUyQT7pJFNhsKp7Rx9W0',
    );
    expect(await server.tokenFor('alice')).toBe(token);
    expect(await other.tokenFor('alice')).toBe(token);
    const others = await Promise.all([
      ...[server.tokenFor('bob'), server.tokenFor('alice', { role: 'admin' })],
      server.tokenFor('alice', {}, 60),
    ]);
    expect(new Set([token, ...others]).size).toBe(4);
    await using client = createRealtimeClient({ contract, url: other.url, getToken: () => token });
    client.connect();
    await vi.waitFor(() => expect(client.state).toMatchObject({ userId: 'alice' }));
  });

  it('signs with a secret that it is given, and takes none that is too short', async () => {
    const secret = 'another key, for this test only';
    await expect(startTestServer(contract, { secret })).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
    });
    await using server = await startTestServer(contract, { secret: `${secret}!` });
    await testWebSocketConnection(server, 'alice');
  });

  it('ends the time of a token, and has another one then', async () => {
    await using server = await startTestServer(contract);
    const tokens = [await server.tokenFor('alice'), await server.tokenFor('bob')];
    server.expireToken(tokens[0] ?? '');
    expect(await server.tokenFor('alice')).not.toBe(tokens[0]);
    expect(await server.tokenFor('bob')).toBe(tokens[1]);
    const connectWith = async (token: string | undefined) => {
      const target = { ...server, tokenFor: async () => token ?? '' };
      await using alice = new WebSocketTester(target, { timeoutMs: 500 });
      await alice.connect('alice');
    };
    await expect(connectWith(tokens[0])).rejects.toMatchObject({
      cause: { code: 'TOKEN_EXPIRED' },
    });
    await connectWith(await server.tokenFor('alice'));
    for (const token of ['not a token', await server.tokenFor('alice', { jti: undefined })]) {
      expect(() => server.expireToken(token)).toThrow(
        expect.objectContaining({ code: 'INVALID_CONFIG' }),
      );
    }
  });

  it('refuses the tokens of a user that was revoked, unless they were made later', async () => {
    await using server = await startTestServer(contract);
    server.manager.sessions.revokeUser('alice');
    await expect(testWebSocketConnection(server, 'alice')).rejects.toMatchObject({
      code: 'TOKEN_REVOKED',
    });
    const tokenFor = () => server.tokenFor('alice', { iat: Math.ceil(Date.now() / 1_000) + 1 });
    await testWebSocketConnection({ ...server, tokenFor }, 'alice');
  });

  it('refuses a token that it gave as expired, and those of another secret', async () => {
    await using server = await startTestServer(contract);
    await using other = await startTestServer(contract, { secret: 'of another server'.repeat(2) });
    const tokens = {
      TOKEN_EXPIRED: await server.tokenFor('alice', {}, -1),
      AUTHENTICATION_FAILED: await other.tokenFor('alice'),
    };
    for (const [code, token] of Object.entries(tokens)) {
      const tokenFor = async () => token;
      await expect(
        testWebSocketConnection({ ...server, tokenFor }, 'alice').catch(
          (error) => error.cause ?? error,
        ),
      ).resolves.toMatchObject({ code });
    }
  });

  it('does not read the environment of the process', async () => {
    vi.stubEnv('WS_MAX_CONNECTIONS', '0');
    vi.stubEnv('WS_PORT', 'abc');
    try {
      await using server = await startTestServer(contract);
      await testWebSocketConnection(server);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('records what the callbacks of the server throw, and tells `onError` too', async () => {
    const failure = new Error('broken handler');
    const onError = vi.fn();
    const fail = () => Promise.reject(failure);
    await using server = await startTestServer(contract, {
      ...{ onError, actions: { 'send-message': fail } },
    });
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    expect(server.errors).toEqual([]);
    await expect(
      alice.emit('send-message', { eventId: '42', message: 'Hello' }),
    ).rejects.toMatchObject({ code: 'ACTION_FAILED' });
    expect(server.errors).toEqual([{ error: failure, source: 'action "send-message"' }]);
    expect(onError.mock.calls).toEqual([[failure, 'action "send-message"']]);
  });
});
