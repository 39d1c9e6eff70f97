import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { WebSocketManager } from '@roomcast/realtime-server';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openRaw } from '../protocol/rawConnection.ts';
import { connectPlain, refusalOf } from './plainClient.ts';

const contract = eventContract;

afterEach(() => {
  vi.unstubAllEnvs();
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const isAllowed = (url: string, origin: string) =>
  openRaw(url, { headers: { origin } }).then(
    (raw) => {
      raw.terminate();
      return true;
    },
    () => false,
  );

describe('the environment variable', () => {
  it('WS_PORT says where to listen', async () => {
    const wanted = await freePort();
    await using manager = new WebSocketManager({ contract, env: { WS_PORT: String(wanted) } });
    const { port, url } = await manager.listen(undefined, '127.0.0.1');
    expect(port).toBe(wanted);
    using _client = await connectPlain(url);
  });

  it('WS_PORT that is no port is an error that names it', () => {
    vi.stubEnv('WS_PORT', 'abc');
    expect(() => new WebSocketManager({ contract })).toThrow(
      'Expected WS_PORT to be a whole number from 0 to 65535, got "abc".',
    );
  });

  it('WS_CORS_ORIGIN says whose pages may connect', async () => {
    const env = { WS_CORS_ORIGIN: 'https://a.example,https://b.example' };
    await using server = await startTestServer(contract, { env });
    expect(await isAllowed(server.url, 'https://a.example')).toBe(true);
    expect(await isAllowed(server.url, 'https://b.example')).toBe(true);
    expect(await isAllowed(server.url, server.url)).toBe(false);
  });

  it('NEXT_PUBLIC_APP_URL says so where WS_CORS_ORIGIN does not', async () => {
    const env = { NEXT_PUBLIC_APP_URL: 'https://app.example/start' };
    await using server = await startTestServer(contract, { env });
    expect(await isAllowed(server.url, 'https://app.example')).toBe(true);
    expect(await isAllowed(server.url, server.url)).toBe(false);
    const both = { ...env, WS_CORS_ORIGIN: 'https://a.example' };
    await using other = await startTestServer(contract, { env: both });
    expect(await isAllowed(other.url, 'https://app.example')).toBe(false);
  });

  it('WS_HEARTBEAT_INTERVAL says how often a heartbeat is sent and a client is pinged', async () => {
    const env = { WS_HEARTBEAT_INTERVAL: '40' };
    await using server = await startTestServer(contract, { env });
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    const first = await alice.waitForEvent('heartbeat');
    const second = await alice.waitForEvent('heartbeat');
    expect(Date.parse(second.timestamp)).toBeGreaterThan(Date.parse(first.timestamp));
    using raw = await openRaw(server.url);
    expect(JSON.parse(raw.messages[0]?.slice(1) ?? '')).toMatchObject({ pingInterval: 40 });
    await raw.next('2');
  });

  it('WS_CONNECTION_TIMEOUT says how long a handshake may take, authentication included', async () => {
    const env = { WS_CONNECTION_TIMEOUT: '60' };
    await using server = await startTestServer(contract, {
      ...{ env, authenticate: () => new Promise(() => {}) },
    });
    using silent = await openRaw(server.url);
    using slow = await openRaw(server.url);
    slow.send('40{"token":"x"}');
    await Promise.all([silent.closed, slow.closed]);
  });

  it('WS_MAX_CONNECTIONS says how many may connect', async () => {
    await using server = await startTestServer(contract, { env: { WS_MAX_CONNECTIONS: '1' } });
    using _client = await connectPlain(server.url);
    expect((await refusalOf(server.url)).data?.code).toBe('CONNECTION_LIMIT');
  });
});
