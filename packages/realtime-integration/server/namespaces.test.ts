import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRealtimeClient } from '@roomcast/realtime-client';
import { defineContract } from '@roomcast/realtime-contract';
import { WebSocketManager, type WebSocketManagerOptions } from '@roomcast/realtime-server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { eventually } from '../eventually.ts';
import { openRaw } from '../protocol/rawConnection.ts';
import { type ClubContract, clubContract } from './clubContract.ts';
import { connectPlain, openPlain, refusalOf } from './plainClient.ts';
import { watchSocketIo } from './socketIoServer.ts';

const chessContract = defineContract({
  version: '1.0',
  rooms: { game: { template: 'game-{gameId}', access: 'public' } },
  events: {
    moved: { room: 'game', payload: z.string(), delivery: 'reliable', example: 'e4' },
  },
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** An http server of the user's, for several managers. */
async function listen() {
  const http = createServer((_, response) => response.end('the page'));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    http,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const club = (
  http: ReturnType<typeof createServer>,
  options: Partial<WebSocketManagerOptions<ClubContract>> = {},
) => new WebSocketManager({ contract: clubContract, server: http, env: {}, ...options });

describe('two managers on one http server', () => {
  it('serve a namespace each, with a contract each', async () => {
    await using server = await listen();
    await using clubs = club(server.http, { namespace: '/club' });
    await using games = new WebSocketManager({
      ...{ contract: chessContract, server: server.http, namespace: '/chess', env: {} },
    });
    const moves: string[] = [];
    await using framed = createRealtimeClient({
      ...{ contract: chessContract, url: server.url, namespace: '/chess' },
    });
    framed.on('moved', (move) => moves.push(move));
    await framed.subscribe('game', { gameId: '1' }).joined();
    using plain = await connectPlain(`${server.url}/club`);
    await plain.ask('join-event', '1');
    expect(await plain.ask('join-game', '1')).toMatchObject({ error: { code: 'UNKNOWN_EVENT' } });

    await games.publish({
      ...{ room: 'game-1', event: 'moved', payload: 'e4', delivery: 'reliable' },
    });
    await clubs.broadcastToEvent('1', 'said', { text: 'hello' });
    await eventually(() => expect(moves).toEqual(['e4']));
    await eventually(() => expect(plain.received('said')).toEqual([{ text: 'hello' }]));
    expect(clubs.getActiveRooms()).toEqual(['event-1']);
    expect(games.getActiveRooms()).toEqual(['game-1']);
    expect([clubs.getConnectionCount(), games.getConnectionCount()]).toEqual([1, 1]);
  });

  it('may share one connection of a client that is in both', async () => {
    await using server = await listen();
    await using a = club(server.http, { namespace: '/a' });
    await using b = club(server.http, { namespace: '/b' });
    using raw = await openRaw(server.url);
    raw.send('40/a,{}', '40/b,{}');
    await raw.next('40/a,');
    await raw.next('40/b,');
    expect([a.getConnectionCount(), b.getConnectionCount()]).toEqual([1, 1]);
  });

  it('go their own ways: one may close while the other is open', async () => {
    await using server = await listen();
    const a = club(server.http, { namespace: '/a' });
    await using _b = club(server.http, { namespace: '/b' });
    using inA = await connectPlain(`${server.url}/a`);
    using inB = await connectPlain(`${server.url}/b`);
    await a.close();
    await eventually(() => expect(inA.socket.connected).toBe(false));
    expect(await inB.ask('ping')).toMatchObject({ ok: true });
    expect((await refusalOf(`${server.url}/a`)).data?.code).toBe('CONNECTION_FAILED');
  });

  it('cannot have the same namespace at the same time, but one after the other', async () => {
    await using server = await listen();
    const first = club(server.http);
    expect(() => club(server.http)).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIG', message: expect.stringContaining('"/"') }),
    );
    using before = await connectPlain(server.url);
    await first.close();
    await eventually(() => expect(before.socket.connected).toBe(false));

    await using second = club(server.http);
    for (const transport of ['websocket', 'polling'] as const) {
      using client = await connectPlain(server.url, { transports: [transport] });
      await client.ask('join-event', '1');
      await second.broadcastToEvent('1', 'said', { text: transport });
      await eventually(() => expect(client.received('said')).toEqual([{ text: transport }]));
    }
    expect(first.getConnectionCount()).toBe(0);
  });

  it('leave nothing behind in a namespace that changed hands often', async () => {
    const sizes = watchSocketIo();
    await using server = await listen();
    for (let round = 0; round < 3; round += 1) {
      await using manager = club(server.http);
      using client = await connectPlain(server.url);
      await client.ask('join-event', '1');
      expect(manager.getActiveRooms()).toEqual(['event-1']);
    }
    await using _last = club(server.http);
    expect(sizes()).toEqual({});
  });

  it('end also what is in no namespace yet, when the last of them closes', async () => {
    await using server = await listen();
    const a = club(server.http, { namespace: '/a' });
    const b = club(server.http, { namespace: '/b' });
    using silent = await openRaw(server.url);
    using inA = await connectPlain(`${server.url}/a`);
    await b.close();
    expect(await inA.ask('ping')).toMatchObject({ ok: true });
    expect(silent.isOpen).toBe(true);
    await a.close();
    await silent.closed;
  });

  it('cannot differ in what they share', async () => {
    await using server = await listen();
    await using _a = club(server.http, { namespace: '/a' });
    for (const other of [{ path: '/other' }, { origins: [] }, { heartbeatIntervalMs: 1_000 }]) {
      expect(() => club(server.http, { namespace: '/b', ...other })).toThrow(
        expect.objectContaining({ code: 'INVALID_CONFIG' }),
      );
    }
  });
});

describe('a manager with a namespace', () => {
  it('leaves the namespace "/" to nobody', async () => {
    await using server = await listen();
    await using manager = club(server.http, { namespace: '/app' });
    expect((await refusalOf(server.url)).data).toMatchObject({
      code: 'INVALID_HANDSHAKE',
      message: expect.stringContaining('Nothing is served'),
    });
    using raw = await openRaw(server.url);
    raw.send('40{}');
    await raw.closed;
    expect(manager.getConnectionCount()).toBe(0);
  });

  it('counts one CONNECT for its namespace, whatever happens in others', async () => {
    await using server = await listen();
    await using manager = club(server.http, { namespace: '/app' });
    using raw = await openRaw(server.url);
    raw.send('40/nobody,', '40/app,{}');
    await raw.next('40/app,');
    expect(manager.getConnectionCount()).toBe(1);
    raw.send('40/app,{}');
    await raw.closed;
  });

  it('leaves everything but its path to the http server', async () => {
    await using server = await listen();
    await using _manager = club(server.http, { path: '/live' });
    expect(await (await fetch(`${server.url}/socket.io/`)).text()).toBe('the page');
    using client = await connectPlain(server.url, { path: '/live' });
    expect(await client.ask('ping')).toMatchObject({ ok: true });
  });
});

it('a client that comes while the namespace changes hands is asked to try again', async () => {
  await using server = await listen();
  let finish = () => {};
  const authenticate = vi.fn(
    () =>
      new Promise<{ id: string }>((resolve) => {
        finish = () => resolve({ id: 'alice' });
      }),
  );
  const first = club(server.http, { namespace: '/a', authenticate });
  await using _other = club(server.http, { namespace: '/b' });
  using client = openPlain(`${server.url}/a`, { auth: { token: 'x' } });
  const gone = new Promise((resolve) => client.socket.once('disconnect', resolve));
  await eventually(() => expect(authenticate).toHaveBeenCalledOnce());
  await first.close();
  await using second = club(server.http, { namespace: '/a' });
  finish();
  await gone;
  expect([first.getConnectionCount(), second.getConnectionCount()]).toEqual([0, 0]);
});
