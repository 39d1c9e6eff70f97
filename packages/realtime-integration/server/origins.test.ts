import { createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { WebSocketManager } from '@roomcast/realtime-server';
import { startTestServer } from '@roomcast/realtime-testing';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { openRaw } from '../protocol/rawConnection.ts';
import { clubContract } from './clubContract.ts';
import { connectPlain } from './plainClient.ts';

const contract = clubContract;
const evil = 'http://evil.example';
const friend = 'https://friend.example';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Sends a request as a page would; `fetch` does not let a test name the Origin. */
function ask(
  url: string,
  { method = 'GET', body = '', ...headers }: Record<string, string>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, async (response) => {
      const chunks = await response.toArray();
      const { statusCode: status = 0, headers: answered } = response;
      resolve({ status, headers: answered, body: Buffer.concat(chunks).toString() });
    });
    sent.on('error', reject).end(body);
  });
}

const polling = (url: string) => `${url}/socket.io/?EIO=4&transport=polling`;
/** How an upgrade was answered: 101 where it was let through. */
const upgradeFrom = (url: string, origin: string) =>
  openRaw(url, { headers: { origin } }).then(
    (raw) => {
      raw.terminate();
      return 101;
    },
    (error: Error) => Number(/response: (\d+)/.exec(error.message)?.[1]),
  );

/** A session that polls, without an Origin, as a program has it. */
async function openPolling(url: string): Promise<string> {
  const greeting = await ask(polling(url), {});
  return `${polling(url)}&sid=${JSON.parse(greeting.body.slice(1)).sid}`;
}

describe('a page of an origin that is not allowed', () => {
  it('is refused at the handshake, and learns nothing', async () => {
    await using server = await startTestServer(contract);
    const { status, headers, body } = await ask(polling(server.url), { origin: evil });
    expect(status).toBe(403);
    expect(JSON.parse(body)).toEqual({
      code: 'FORBIDDEN',
      message: expect.stringContaining('this origin'),
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('is refused at the WebSocket upgrade', async () => {
    await using server = await startTestServer(contract);
    expect(await upgradeFrom(server.url, evil)).toBe(403);
  });

  it('is refused at a poll and a POST of somebody else’s session, which goes on', async () => {
    await using server = await startTestServer(contract);
    const session = await openPolling(server.url);
    expect(await ask(session, { method: 'POST', body: '40', origin: evil })).toMatchObject({
      status: 403,
    });
    expect(await ask(session, { origin: evil })).toMatchObject({ status: 403 });
    expect(server.manager.getConnectionCount()).toBe(0);
    await ask(session, { method: 'POST', body: '40' });
    expect((await ask(session, {})).body).toMatch(/^40\{"sid"/);
  });

  it('is refused at the upgrade of somebody else’s session', async () => {
    await using server = await startTestServer(contract);
    const session = await openPolling(server.url);
    const sid = new URL(session).searchParams.get('sid');
    const socket = await openUpgrade(server.port, evil, `&sid=${sid}`);
    expect(await socket.answer).toMatch(/^HTTP\/1\.1 403 /);
    await ask(session, { method: 'POST', body: '40' });
    expect((await ask(session, {})).body).toMatch(/^40\{"sid"/);
  });

  it('gets no leave from a preflight', async () => {
    await using server = await startTestServer(contract, { origins: [friend] });
    const preflight = {
      method: 'OPTIONS',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const forEvil = await ask(polling(server.url), { ...preflight, origin: evil });
    expect(forEvil.headers['access-control-allow-origin']).toBeUndefined();
    const forFriend = await ask(polling(server.url), { ...preflight, origin: friend });
    expect(forFriend.headers['access-control-allow-origin']).toBe(friend);
  });

  it.each(['null', 'file://', 'http://127.0.0.1', `${evil}:80`, ''])(
    'is refused as %j',
    async (origin) => {
      await using server = await startTestServer(contract, { origins: ['same-origin', friend] });
      expect(await ask(polling(server.url), { origin })).toMatchObject({ status: 403 });
      expect(await upgradeFrom(server.url, origin)).toBe(403);
    },
  );
});

describe('a page of an origin that is allowed', () => {
  it('may connect over both transports where its origin is listed', async () => {
    await using server = await startTestServer(contract, { origins: [friend] });
    const { status, headers } = await ask(polling(server.url), { origin: friend });
    expect(status).toBe(200);
    expect(headers['access-control-allow-origin']).toBe(friend);
    expect(headers['access-control-allow-credentials']).toBe('true');
    expect(await upgradeFrom(server.url, friend)).toBe(101);
    using client = await connectPlain(server.url, { extraHeaders: { origin: friend } });
    expect(await client.ask('ping')).toMatchObject({ ok: true });
  });

  it('may connect when it came from this server, unless that is turned off', async () => {
    await using server = await startTestServer(contract);
    expect(await ask(polling(server.url), { origin: server.url })).toMatchObject({ status: 200 });
    expect(await upgradeFrom(server.url, server.url)).toBe(101);
    await using strict = await startTestServer(contract, { origins: [friend] });
    expect(await ask(polling(strict.url), { origin: strict.url })).toMatchObject({ status: 403 });
    expect(await upgradeFrom(strict.url, strict.url)).toBe(403);
  });

  it('is not needed by what is no page', async () => {
    await using server = await startTestServer(contract, { origins: [] });
    expect(await ask(polling(server.url), {})).toMatchObject({ status: 200 });
    using _client = await connectPlain(server.url);
  });
});

/** An upgrade whose client keeps its half of the connection open. */
async function openUpgrade(port: number, origin: string, query = '', path = '/socket.io/') {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await new Promise((resolve) => socket.once('connect', resolve));
  const answer = new Promise<string>((resolve) =>
    socket.once('data', (data) => resolve(`${data}`)),
  );
  socket.on('error', () => {});
  socket.write(
    `GET ${path}?EIO=4&transport=websocket${query} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: ${origin}\r\n\r\n`,
  );
  return { socket, answer };
}

describe('an upgrade that nobody takes', () => {
  /** A server whose sockets the test can look at. */
  async function listen() {
    const sockets: Socket[] = [];
    const http = createServer().on('connection', (socket) => sockets.push(socket));
    const manager = new WebSocketManager({ contract, server: http, env: {} });
    await manager.listen(0, '127.0.0.1');
    const { port } = http.address() as AddressInfo;
    return {
      ...{ sockets, port },
      async [Symbol.asyncDispose]() {
        await manager.close();
        await new Promise((resolve) => http.close(resolve));
      },
    };
  }
  const ended = (socket: Socket | undefined) =>
    eventually(() => expect(socket?.destroyed).toBe(true));

  it('is over for the server too when it was refused, whatever the client keeps open', async () => {
    await using server = await listen();
    const { socket, answer } = await openUpgrade(server.port, evil);
    expect(await answer).toMatch(/^HTTP\/1\.1 403 /);
    await ended(server.sockets[0]);
    socket.destroy();
  });

  it.each([
    ['of an evil page', '/socket.io/'],
    ['of another path', '/somewhere-else/'],
  ])('%s does not end the process when its client resets it', async (_, path) => {
    await using server = await listen();
    const { socket } = await openUpgrade(server.port, evil, '', path);
    await eventually(() => expect(server.sockets[0]?.bytesRead).toBeGreaterThan(100));
    await eventually(() => expect(server.sockets[0]?.listenerCount('error')).toBeGreaterThan(0));
    socket.resetAndDestroy();
    await ended(server.sockets[0]);
  });
});
