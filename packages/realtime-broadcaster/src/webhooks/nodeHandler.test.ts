import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { createWebhookReceiver } from './createWebhookReceiver.ts';
import { broadcasterTo, delivery, FakeClock, FakeLog, secret } from './deliveries.test-d.ts';
import type { WebhookReceiverOptions } from './webhookReceiverOptions.ts';

async function startServer(
  options: Partial<WebhookReceiverOptions> = {},
  listener?: (node: RequestListener) => RequestListener,
) {
  const clock = new FakeClock();
  const log = new FakeLog();
  const broadcaster = broadcasterTo(log, clock);
  const { node } = createWebhookReceiver({ secrets: [secret], broadcaster, clock, ...options });
  const server = createServer(listener?.(node) ?? node);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    clock,
    log,
    port,
    url: `http://127.0.0.1:${port}/webhooks`,
    post: (init: RequestInit) => fetch(`http://127.0.0.1:${port}`, { method: 'POST', ...init }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const { headers, rawBody } = delivery();
const signed = { headers: headers as Record<string, string>, body: new Uint8Array(rawBody) };

/** A connection of which the test writes every byte. */
async function openSocket(port: number): Promise<{ socket: Socket; received: () => string }> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  // The server may cut the connection while the test writes.
  socket.on('error', () => {});
  return { socket, received: () => text };
}

/** Unlike `once` of node:events it takes no offence at a reset. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

function head(fields: Record<string, unknown>): string {
  const lines = Object.entries({ ...headers, ...fields }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `POST / HTTP/1.1\r\nHost: localhost\r\n${lines.join('\r\n')}\r\n\r\n`;
}

describe('receiver.node', () => {
  test('broadcasts a delivery, and acknowledges its retry on the same connection', async () => {
    await using server = await startServer();
    const first = await server.post(signed);
    expect([first.status, await first.json()]).toEqual([200, { outcome: 'broadcast' }]);
    expect(first.headers.get('content-type')).toBe('application/json');
    const second = await server.post(signed);
    expect([second.status, await second.json()]).toEqual([200, { outcome: 'duplicate' }]);
    expect(server.log.attempts).toHaveLength(1);
  });

  test('takes a body in chunks of one byte, without a length', async () => {
    await using server = await startServer();
    const { socket, received } = await openSocket(server.port);
    socket.setNoDelay(true);
    socket.write(head({ 'transfer-encoding': 'chunked', connection: 'close' }));
    for (const byte of rawBody) socket.write(`1\r\n${String.fromCharCode(byte)}\r\n`);
    socket.write('0\r\n\r\n');
    await closing(socket);
    expect(received()).toMatch(/^HTTP\/1.1 200 /);
    expect(server.log.published).toHaveLength(1);
  });

  test('says which method it takes', async () => {
    await using server = await startServer();
    const answer = await fetch(server.url);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await answer.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  test.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a body that is compressed', { 'content-encoding': 'gzip' }],
  ])('refuses %s', async (_, fields) => {
    await using server = await startServer();
    const answer = await server.post({ ...signed, headers: { ...signed.headers, ...fields } });
    expect(answer.status).toBe(415);
  });

  test('refuses a header that was sent twice', async () => {
    await using server = await startServer();
    const { socket, received } = await openSocket(server.port);
    const twice = head({ 'content-length': rawBody.length, connection: 'close' }).replace(
      'webhook-id',
      'webhook-id: msg_2\r\nwebhook-id',
    );
    socket.write(Buffer.concat([Buffer.from(twice), rawBody]));
    await closing(socket);
    expect(received()).toMatch(/^HTTP\/1.1 400 /);
  });

  test('refuses a body that says it is huge before any of it has come', async () => {
    await using server = await startServer();
    const { socket, received } = await openSocket(server.port);
    socket.write(head({ 'content-length': 2 ** 31 }));
    await vi.waitFor(() => expect(received()).toMatch(/^HTTP\/1.1 413 /));
    expect(server.clock.pendingTimers).toBe(1);
    socket.destroy();
    await vi.waitFor(() => expect(server.clock.pendingTimers).toBe(0));
  });

  test('refuses a huge body without a length while it comes, and cuts it off in the end', async () => {
    await using server = await startServer();
    const { socket, received } = await openSocket(server.port);
    socket.write(head({ 'transfer-encoding': 'chunked' }));
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    for (let count = 0; count < 5; count += 1) socket.write(chunk);
    await vi.waitFor(() => expect(received()).toMatch(/^HTTP\/1.1 413 .*BODY_TOO_LARGE/s));
    // The rest is let in for a while, so that a sender gets to see the answer.
    for (let count = 0; count < 100; count += 1) socket.write(chunk);
    expect(socket.destroyed).toBe(false);
    const closed = closing(socket);
    await vi.waitFor(() => expect(server.clock.pendingTimers).toBe(1));
    server.clock.advance(10_000);
    await closed;
  });

  test('answers the next delivery on a connection whose body was too large', async () => {
    await using server = await startServer();
    const { socket, received } = await openSocket(server.port);
    socket.write(head({ 'transfer-encoding': 'chunked' }));
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    socket.write(chunk.repeat(100));
    await vi.waitFor(() => expect(received()).toMatch(/^HTTP\/1.1 413 /));
    socket.write(`${chunk}0\r\n\r\n`);
    socket.write(head({ 'content-length': rawBody.length }));
    socket.write(rawBody);
    await vi.waitFor(() => expect(received()).toMatch(/HTTP\/1.1 200 /));
    await vi.waitFor(() => expect(server.clock.pendingTimers).toBe(0));
    socket.destroy();
  });

  test('waits for a slow body until its time is up, and closes the connection', async () => {
    await using server = await startServer();
    const { socket, received } = await openSocket(server.port);
    socket.write(head({ 'content-length': rawBody.length }));
    socket.write(rawBody.subarray(0, 10));
    await vi.waitFor(() => expect(server.clock.pendingTimers).toBe(1));
    const closed = closing(socket);
    server.clock.advance(10_000);
    await closed;
    expect(received()).toMatch(/^HTTP\/1.1 408 .*connection: close/is);
    expect(server.log.attempts).toEqual([]);
    await vi.waitFor(() => expect(server.clock.pendingTimers).toBe(0));
  });

  test('goes on where a sender goes away in the middle of a body', async () => {
    await using server = await startServer();
    const { socket } = await openSocket(server.port);
    socket.write(head({ 'content-length': rawBody.length }));
    socket.write(rawBody.subarray(0, 10));
    await vi.waitFor(() => expect(server.clock.pendingTimers).toBe(1));
    socket.destroy();
    await vi.waitFor(() => expect(server.clock.pendingTimers).toBe(0));
    expect(server.log.attempts).toEqual([]);
    expect((await server.post(signed)).status).toBe(200);
  });

  test('says that something has read the body before', async () => {
    const onError = vi.fn();
    await using server = await startServer({ onError }, (node) => async (request, response) => {
      for await (const _ of request.iterator({ destroyOnReturn: false })) break;
      node(request, response);
    });
    const answer = await server.post(signed);
    expect(await answer.json()).toMatchObject({ code: 'BODY_ALREADY_READ' });
    expect(answer.status).toBe(500);
    expect(onError).toHaveBeenCalledOnce();
  });

  test('gives 503 when publishing fails, so that the provider tries again', async () => {
    await using server = await startServer();
    server.log.before = () => Promise.reject(new Error('secret of the log'));
    const answer = await server.post(signed);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('secret of the log');
    server.log.before = async () => {};
    expect((await server.post(signed)).status).toBe(200);
  });
});
