import { connect } from 'node:net';
import { createMemoryBroker } from '@roomcast/realtime-broker';
import { type Clock, systemClock } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { WebSocketManager } from '@roomcast/realtime-server';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { afterEach, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { openRaw } from '../protocol/rawConnection.ts';
import { clubContract } from './clubContract.ts';
import { connectPlain } from './plainClient.ts';
import { watchSocketIo } from './socketIoServer.ts';

const contract = clubContract;

afterEach(() => {
  vi.restoreAllMocks();
});

it('ends every connection, also those without a session, and the port is free', async () => {
  const sizes = watchSocketIo();
  const server = await startTestServer(contract);
  await using alice = new WebSocketTester(server);
  await alice.connect('alice');
  using plain = await connectPlain(server.url);
  using polling = await connectPlain(server.url, { transports: ['polling'] });
  using silent = await openRaw(server.url);
  await server.manager.close();
  await silent.closed;
  await eventually(() => expect(plain.socket.connected).toBe(false));
  await eventually(() => expect(polling.socket.connected).toBe(false));
  await eventually(() => expect(alice.client.state.status).toBe('reconnecting'));
  await eventually(() => expect(sizes()).toEqual({}));
  expect(server.manager.getConnectionCount()).toBe(0);
  expect(server.manager.getActiveRooms()).toEqual([]);
  await using _next = await startTestServer(contract, { port: server.port });
});

it('is harmless twice, at once and later, and without ever having listened', async () => {
  const server = await startTestServer(contract);
  expect(server.manager.close()).toBe(server.manager.close());
  await server.manager.close();
  const idle = new WebSocketManager({ contract, env: {} });
  await idle.close();
});

it('leaves no timer behind', async () => {
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: systemClock.now,
    schedule(callback, delayMs) {
      const cancel = systemClock.schedule(() => {
        timers.delete(cancel);
        callback();
      }, delayMs);
      timers.add(cancel);
      return () => {
        timers.delete(cancel);
        cancel();
      };
    },
  };
  const server = await startTestServer(eventContract, { clock });
  using client = await connectPlain(server.url, {
    auth: { token: await server.tokenFor('alice') },
  });
  await client.ask('ping');
  // The heartbeat, the end of the token, and for a moment what was read of its rooms.
  expect(timers.size).toBeGreaterThanOrEqual(2);
  await server.close();
  expect(timers.size).toBe(0);
});

it('is the end: nothing is published and nobody listens any more', async () => {
  const server = await startTestServer(contract);
  const { manager } = server;
  await manager.close();
  const closed = { code: 'CLOSED' };
  await expect(manager.broadcastToEvent('1', 'said', { text: 'x' })).rejects.toMatchObject(closed);
  await expect(manager.broadcastToUser('1', 'whispered', { text: '' })).rejects.toMatchObject(
    closed,
  );
  await expect(manager.broadcastGlobal('announced', { text: 'x' })).rejects.toMatchObject(closed);
  await expect(manager.listen(0, '127.0.0.1')).rejects.toMatchObject(closed);
});

it('ends a server that was only about to listen', async () => {
  const manager = new WebSocketManager({ contract, env: {} });
  const listening = manager.listen(0, '127.0.0.1');
  await manager.close();
  const { port } = await listening;
  const error = await new Promise<NodeJS.ErrnoException>((resolve, reject) => {
    connect(port, '127.0.0.1', () => reject(new Error('It listens.'))).once('error', resolve);
  });
  expect(error.code).toBe('ECONNREFUSED');
});

it('leaves the broker and its log to whoever brought them', async () => {
  const broker = createMemoryBroker();
  const first = await startTestServer(contract, { broker });
  await first.manager.broadcastToEvent('1', 'said', { text: 'before' });
  await first.close();
  expect(broker.health()).toEqual({ status: 'up' });

  await using second = await startTestServer(contract, { broker });
  using client = await connectPlain(second.url);
  expect(await client.ask('join-event', '1')).toMatchObject({
    value: { position: { offset: 1 } },
  });
});

it('lets a client of ours come back to a new server on the same port', async () => {
  const first = await startTestServer(contract);
  await using alice = new WebSocketTester({ ...first, tokenFor: async () => 'alice' });
  await alice.connect();
  await alice.join('event', { eventId: '1' });
  await first.close();
  await eventually(() => expect(alice.client.state.status).toBe('reconnecting'));
  await using second = await startTestServer(contract, { port: first.port });
  await alice.connected();
  await second.manager.broadcastToEvent('1', 'said', { text: 'hello again' });
  expect(await alice.waitForEvent('said')).toEqual({ text: 'hello again' });
});

it('lets a stock client come back to a new server by itself', async () => {
  const first = await startTestServer(contract);
  using client = await connectPlain(first.url, { reconnection: true, reconnectionDelay: 10 });
  await first.close();
  await eventually(() => expect(client.socket.connected).toBe(false));
  await using second = await startTestServer(contract, { port: first.port });
  await eventually(() => expect(second.manager.getConnectionCount()).toBe(1));
});

it('does not wait for a connection that is closing already and waits for its client', async () => {
  let expiresAtMs = Number.POSITIVE_INFINITY;
  const authenticate = async () => {
    expiresAtMs = Date.now() + 40;
    return { id: 'alice', expiresAtMs };
  };
  const server = await startTestServer(contract, { authenticate, tokenGraceMs: 20 });
  // It polls once and never again, so that the end of its token cannot be told to it.
  const endpoint = `${server.url}/socket.io/?EIO=4&transport=polling`;
  const { sid } = JSON.parse((await (await fetch(endpoint)).text()).slice(1));
  await fetch(`${endpoint}&sid=${sid}`, { method: 'POST', body: '40{"token":"x"}' });
  await (await fetch(`${endpoint}&sid=${sid}`)).text();
  await eventually(() => expect(Date.now()).toBeGreaterThan(expiresAtMs + 40));
  expect(server.manager.getConnectionCount()).toBe(1);
  await server.close();
  expect(server.manager.getConnectionCount()).toBe(0);
  expect(server.manager.getActiveRooms()).toEqual([]);
});

it('is quick although a client takes nothing of what it is sent', async () => {
  const server = await startTestServer(contract);
  const socket = connect(server.port, '127.0.0.1').on('error', () => {});
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await new Promise((resolve) => socket.once('data', resolve));
  socket.pause();
  const startedAtMs = performance.now();
  await server.close();
  expect(performance.now() - startedAtMs).toBeLessThan(2_000);
  socket.destroy();
});
