import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { encodeFrame } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startFaultProxy, startTestServer } from '@roomcast/realtime-testing';
import { Server, type Socket as StockSocket } from 'socket.io';
import { describe, expect, it, vi } from 'vitest';
import { openClient, purchase } from './openClient.ts';

const contract = eventContract;

type Write = (message: string | Buffer) => void;

/** A stock Socket.IO server that welcomes and then does something else. */
async function startStockServer(then: (write: Write, socket: StockSocket) => void) {
  const http = createServer();
  const io = new Server(http);
  let connections = 0;
  io.on('connection', (socket) => {
    connections += 1;
    const write: Write = (message) => void socket.conn.write(message as never);
    write(
      encodeFrame({
        ...{ type: 'welcome', session: `s-${connections}`, user: null, tokenExpiresInMs: null },
        ...{ fingerprint: contract.fingerprint, features: [], rooms: [] },
      }),
    );
    if (connections === 1) then(write, socket);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => io.close(),
  };
}

describe('connecting', () => {
  it('with a token is a session of its user, in its automatic rooms', async () => {
    await using server = await startTestServer(contract);
    await using alice = openClient(server.url, { getToken: () => server.tokenFor('alice') });
    expect(await alice.reaches('connected')).toEqual({
      ...{ status: 'connected', sessionId: expect.stringMatching(/^[\w-]{22}$/), userId: 'alice' },
    });
    expect(alice.heard).toEqual(['user-alice fresh', 'global fresh']);
    await server.manager.broadcastToUser('alice', 'balance-updated', {
      ...contract.events['balance-updated'].example,
      ...{ userId: 'alice', balance: 7 },
    });
    await alice.hears('user-alice balance-updated 7');
  });

  it('without a token is a guest, in no room', async () => {
    await using server = await startTestServer(contract);
    await using guest = openClient(server.url);
    expect(await guest.reaches('connected')).toMatchObject({ userId: null });
    expect(guest.heard).toEqual([]);
    expect(server.manager.getActiveRooms()).toEqual([]);
  });

  it('is one socket, however many rooms there are', async () => {
    await using server = await startTestServer(contract, { maxRoomsPerSession: 300 });
    await using proxy = await startFaultProxy(server.port);
    await using guest = openClient(`http://127.0.0.1:${proxy.port}`);
    const early = Array.from({ length: 100 }, (_, id) =>
      guest.client.subscribe('event', { eventId: `early-${id}` }),
    );
    await guest.reaches('connected');
    const late = Array.from({ length: 200 }, (_, id) =>
      guest.client.subscribe('event', { eventId: `late-${id}` }),
    );
    await Promise.all([...early, ...late].map((room) => room.joined()));
    expect(server.manager.getActiveRooms()).toHaveLength(300);
    expect(server.manager.getConnectionCount()).toBe(1);
    expect(proxy.connections).toBe(1);
  });

  it('waits for a server that is not there yet', async () => {
    const gone = await startTestServer(contract);
    await gone.close();
    await using guest = openClient(gone.url);
    expect(await guest.reaches('reconnecting')).toMatchObject({
      error: {
        code: 'CONNECTION_FAILED',
        message: expect.stringMatching(`^No connection to ${gone.url}: .+\\.$`),
      },
    });
    await using server = await startTestServer(contract, { port: gone.port });
    await guest.reaches('connected');
    expect(server.manager.getConnectionCount()).toBe(1);
  });

  it('gives up after `maxAttempts` where no server comes', async () => {
    const gone = await startTestServer(contract);
    await gone.close();
    await using guest = openClient(gone.url, { maxAttempts: 2 });
    expect(await guest.reaches('closed')).toMatchObject({
      ...{ reason: 'gave-up', error: { code: 'CONNECTION_FAILED' } },
    });
    const attempts = guest.states.filter(
      (state) => 'retryAtMs' in state && state.retryAtMs === null,
    );
    expect(attempts).toHaveLength(2);
  });

  it('ends an attempt at a server that answers nothing', async () => {
    const open = new Set<Socket>();
    const silent = createTcpServer((socket) => {
      open.add(socket.resume());
      socket.on('close', () => open.delete(socket));
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    await using guest = openClient(`http://127.0.0.1:${port}`, {
      ...{ connectTimeoutMs: 50, maxAttempts: 1 },
    });
    expect(await guest.reaches('closed')).toMatchObject({
      ...{ reason: 'gave-up', error: { code: 'CONNECTION_FAILED' } },
    });
    await vi.waitFor(() => expect(open.size).toBe(0));
    silent.close();
  });

  it('takes the server from the page where there is no URL', async () => {
    await using server = await startTestServer(contract);
    const { host, hostname, port, protocol } = new URL(server.url);
    vi.stubGlobal('location', { host, hostname, port, protocol });
    try {
      await using guest = openClient('');
      await guest.reaches('connected');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('is refused at once where there is neither a URL nor a page', async () => {
    await using guest = openClient('');
    expect(await guest.reaches('closed')).toMatchObject({
      ...{ reason: 'refused', error: { code: 'INVALID_CONFIG' } },
    });
  });
});

describe('a refusal', () => {
  it('of a token is taken for an answer when a fresh one is refused too', async () => {
    await using server = await startTestServer(contract);
    const getToken = vi.fn(() => 'not-a-token');
    await using eve = openClient(server.url, { getToken });
    expect(await eve.reaches('closed')).toMatchObject({
      ...{ reason: 'refused', error: { name: 'RoomcastError', code: 'AUTHENTICATION_FAILED' } },
    });
    expect(getToken).toHaveBeenCalledTimes(2);
    expect(server.manager.getConnectionCount()).toBe(0);
  });

  it('of a token is mended by a fresh one', async () => {
    await using server = await startTestServer(contract);
    const tokens = ['not-a-token', await server.tokenFor('alice')];
    await using alice = openClient(server.url, { getToken: () => tokens.shift() ?? null });
    expect(await alice.reaches('connected')).toMatchObject({ userId: 'alice' });
  });

  it('of expired tokens lasts until there is a new one', async () => {
    await using server = await startTestServer(contract);
    const getToken = vi.fn(() =>
      server.tokenFor('alice', {}, getToken.mock.calls.length > 4 ? 60 : -1),
    );
    await using alice = openClient(server.url, { getToken });
    expect(await alice.reaches('reconnecting')).toMatchObject({ error: { code: 'TOKEN_EXPIRED' } });
    await alice.reaches('connected');
    expect(getToken).toHaveBeenCalledTimes(5);
  });

  it('by a full server lasts until somebody leaves', async () => {
    await using server = await startTestServer(contract, { maxConnections: 1 });
    await using first = openClient(server.url);
    await first.reaches('connected');
    await using second = openClient(server.url);
    expect(await second.reaches('reconnecting')).toMatchObject({
      error: { code: 'CONNECTION_LIMIT' },
    });
    first.client.disconnect();
    await second.reaches('connected');
  });

  it('of another major version of the contract is final', async () => {
    await using server = await startTestServer(contract);
    await using old = openClient(server.url, { contract: { ...contract, version: '2.0' } });
    expect(await old.reaches('closed')).toMatchObject({
      ...{ reason: 'refused', error: { code: 'CONTRACT_INCOMPATIBLE' } },
    });
  });

  it('of a namespace that nobody serves says so, and lasts until somebody does', async () => {
    await using server = await startTestServer(contract, { namespace: '/shop' });
    await using stranger = openClient(server.url, { namespace: '/nope' });
    expect(await stranger.reaches('reconnecting')).toMatchObject({
      error: { code: 'CONNECTION_FAILED', message: expect.stringContaining('Invalid namespace') },
    });
    await using guest = openClient(server.url, { namespace: '/shop' });
    await guest.client.subscribe('event', { eventId: '42' }).joined();
    expect(server.manager.getConnectionCount()).toBe(1);
  });
});

describe('the transports', () => {
  it('may be polling alone', async () => {
    await using server = await startTestServer(contract);
    await using guest = openClient(server.url, { transports: ['polling'] });
    await guest.client.subscribe('event', { eventId: '42' }).joined();
    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
    await guest.hears('event-42 ticket-purchased t-1');
  });

  it('are tried one after the other, so that a blocked WebSocket is no end', async () => {
    await using server = await startTestServer(contract, { transports: ['polling'] });
    await using guest = openClient(server.url);
    await guest.client.subscribe('event', { eventId: '42' }).joined();
    expect(guest.states.map(({ status }) => status)).toEqual(['connecting', 'connected']);
  });

  it('may begin with polling and move on to WebSocket', async () => {
    const transports: (() => string)[] = [];
    await using server = await startStockServer((_, { conn }) => {
      transports.push(() => conn.transport.name);
    });
    await using guest = openClient(server.url, { transports: ['polling', 'websocket'] });
    guest.client.connect();
    await expect.poll(() => transports.map((transport) => transport())).toEqual(['websocket']);
    expect(guest.states.map(({ status }) => status)).toEqual(['connecting', 'connected']);
  });
});

describe('a server that misbehaves', () => {
  it.each([
    ['Pgarbage', 'INVALID_FRAME'],
    ['X{}', 'INVALID_FRAME'],
    ['9', 'CONNECTION_LOST'],
    ['2["unclosed"', 'CONNECTION_LOST'],
    ['5["no attachments"]', 'CONNECTION_LOST'],
    ['1', 'CONNECTION_LOST'],
    [Buffer.from('bytes that nobody asked for'), 'INVALID_FRAME'],
  ])('by sending %j is left, and tried again', async (message, code) => {
    await using server = await startStockServer((write) => write(message));
    await using guest = openClient(server.url);
    expect(await guest.reaches('reconnecting')).toMatchObject({ error: { code } });
    expect(await guest.reaches('connected')).toMatchObject({ sessionId: 's-2' });
    expect(guest.errors).toEqual([]);
  });

  it.each([['websocket'], ['polling']] as const)(
    'by sending stock events over %s, with bytes and without, is ignored',
    async (transport) => {
      await using server = await startStockServer((write, socket) => {
        socket.emit('hello', { from: 'stock' });
        socket.emit('photo', Buffer.from('x'), { thumbnail: Buffer.from('y') });
        socket.emit('are you there?', () => {});
        write('3999["nobody asked"]');
        // What is behind all that is heard as ever.
        write('Pgarbage');
      });
      await using guest = openClient(server.url, { transports: [transport] });
      expect(await guest.reaches('reconnecting')).toMatchObject({
        error: { code: 'INVALID_FRAME' },
      });
    },
  );

  it('by answering with bytes has given no answer, and is not left', async () => {
    await using server = await startStockServer((_, socket) => {
      socket.onAny((...args) => args.at(-1)({ ok: true, value: Buffer.from('x') }));
    });
    await using guest = openClient(server.url);
    guest.client.connect();
    await guest.reaches('connected');
    const message = { eventId: '42', message: 'See you there!' };
    await expect(guest.client.call('send-message', message)).rejects.toMatchObject({
      code: 'INVALID_FRAME',
    });
    expect(guest.client.state).toMatchObject({ status: 'connected', sessionId: 's-1' });
  });

  it('by sending what is no frame is named as the cause', async () => {
    await using server = await startStockServer((write) => write('Pgarbage'));
    await using guest = openClient(server.url);
    expect(await guest.reaches('reconnecting')).toMatchObject({
      error: { code: 'INVALID_FRAME', message: 'Not a frame: Pgarbage' },
    });
  });

  it('by imitating frames with stock events is ignored', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const stock = ['2["roomcast:frame",null]', '2["roomcast:frame",{"type":"publications"}]'];
    let write = (_message: string) => {};
    await using server = await startStockServer((writeNow) => {
      write = writeNow;
      for (const message of stock) write(message);
    });
    await using guest = openClient(server.url);
    await guest.reaches('connected');
    // What is behind the imitations is heard as ever.
    write('Pgarbage');
    expect(await guest.reaches('reconnecting')).toMatchObject({ error: { code: 'INVALID_FRAME' } });
    expect(unhandled).not.toHaveBeenCalled();
    expect(guest.errors).toEqual([]);
    process.off('unhandledRejection', unhandled);
  });
});
