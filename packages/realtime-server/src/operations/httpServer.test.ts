import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttpServer, listenOn } from './httpServer.ts';

const loopback = '127.0.0.1';
const upgrade = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

afterEach(() => {
  vi.useRealTimers();
});

/** A client that keeps its half of the connection open, whatever the server does. */
function connectTo(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: loopback, allowHalfOpen: true }, () => resolve(socket));
    socket.resume().on('error', () => {});
  });
}

const timeouts = { headersTimeoutMs: 5_000, requestTimeoutMs: 10_000 };

it('says where it listens', async () => {
  const { server, close } = createHttpServer(() => {}, timeouts);
  const { port, url } = await listenOn(server, 0, loopback);
  expect(port).toBeGreaterThan(0);
  expect(url).toBe(`http://127.0.0.1:${port}`);
  await close();
});

it('closes with connections that somebody else has upgraded and forgotten', async () => {
  const { server, close } = createHttpServer(() => {}, timeouts);
  const onUpgrade = vi.fn();
  server.on('upgrade', onUpgrade);
  const { port } = await listenOn(server, 0, loopback);
  const idle = await connectTo(port);
  const upgraded = await connectTo(port);
  upgraded.write(upgrade);
  await vi.waitFor(() => expect(onUpgrade).toHaveBeenCalledOnce());

  // The time to flush never passes: what has nothing to flush must not need it.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  await close();
  expect(server.listening).toBe(false);
  for (const socket of [idle, upgraded]) socket.destroy();
});

it('does not wait for ever for a client that takes nothing of what was written to it', async () => {
  const { server, close } = createHttpServer(() => {}, timeouts);
  server.on('upgrade', (_, socket) => {
    socket.on('error', () => {});
    socket.write(Buffer.alloc(64 * 1024 * 1024));
  });
  const { port } = await listenOn(server, 0, loopback);
  const socket = await connectTo(port);
  socket.once('data', () => socket.pause());
  socket.write(upgrade);
  await vi.waitFor(() => expect(socket.bytesRead).toBeGreaterThan(0));

  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const closed = close();
  vi.advanceTimersByTime(1_000);
  await closed;
  expect(server.listening).toBe(false);
  socket.destroy();
});

it('lets nobody else connect and keeps who is there, until it is closed', async () => {
  const { server, stopListening, close } = createHttpServer(() => {}, timeouts);
  const onUpgrade = vi.fn();
  server.on('upgrade', onUpgrade);
  const { port } = await listenOn(server, 0, loopback);
  const socket = await connectTo(port);
  const onEnd = vi.fn();
  socket.on('end', onEnd);
  socket.write(upgrade);
  await vi.waitFor(() => expect(onUpgrade).toHaveBeenCalledOnce());
  stopListening();
  stopListening();
  const error = await new Promise<NodeJS.ErrnoException>((resolve, reject) => {
    connect(port, loopback, () => reject(new Error('It listens.'))).once('error', resolve);
  });
  expect(error.code).toBe('ECONNREFUSED');
  expect(onEnd).not.toHaveBeenCalled();
  await close();
  await vi.waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
  socket.destroy();
});

it('may be closed when it is not open', async () => {
  const { close } = createHttpServer(() => {}, timeouts);
  await close();
  await close();
});

it('rejects with the error of the system, and can be opened elsewhere afterwards', async () => {
  const first = createHttpServer(() => {}, timeouts);
  const second = createHttpServer(() => {}, timeouts);
  const { port } = await listenOn(first.server, 0, loopback);
  await expect(listenOn(second.server, port, loopback)).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  expect(second.server.listenerCount('error')).toBe(0);
  const { port: other } = await listenOn(second.server, 0, loopback);
  expect(other).not.toBe(port);
  await Promise.all([first.close(), second.close()]);
});

it('rejects when the server is open already, and leaves no listener behind', async () => {
  const { server, close } = createHttpServer(() => {}, timeouts);
  await listenOn(server, 0, loopback);
  await expect(listenOn(server, 0, loopback)).rejects.toMatchObject({
    code: 'ERR_SERVER_ALREADY_LISTEN',
  });
  expect(server.listenerCount('error')).toBe(0);
  await close();
});

describe('a request that does not come to its end', () => {
  const soon = { headersTimeoutMs: 50, requestTimeoutMs: 100 };
  const head = 'POST /socket.io/ HTTP/1.1\r\nHost: x\r\n';

  it.each([
    ['without a word', ''],
    ['amid its headers', head],
    ['amid its body', `${head}Content-Length: 100\r\n\r\n4`],
  ])('is cut: %s', async (_, text) => {
    const { server, close } = createHttpServer(() => {}, soon);
    const { port } = await listenOn(server, 0, '127.0.0.1');
    const socket = connect(port, '127.0.0.1');
    const heard: Buffer[] = [];
    socket.on('data', (data: Buffer) => heard.push(data));
    socket.write(text);
    await once(socket, 'close');
    expect(Buffer.concat(heard).toString()).toMatch(/^HTTP\/1\.1 408/);
    await close();
  });
});
