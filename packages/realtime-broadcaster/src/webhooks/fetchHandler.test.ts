import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { createWebhookReceiver } from './createWebhookReceiver.ts';
import { broadcasterTo, delivery, FakeClock, FakeLog, secret } from './deliveries.test-d.ts';

function setUp() {
  const clock = new FakeClock();
  const log = new FakeLog();
  const broadcaster = broadcasterTo(log, clock);
  const receiver = createWebhookReceiver({ secrets: [secret], broadcaster, clock });
  return { clock, log, handle: receiver.fetch };
}

const url = 'https://shop.test/webhooks';
const { headers, rawBody } = delivery();
const signed = {
  method: 'POST',
  headers: headers as Record<string, string>,
  body: new Uint8Array(rawBody),
};

/** A body that the test feeds. */
function streamed() {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const cancelled = vi.fn();
  const body = new ReadableStream<Uint8Array>({
    start: (started) => {
      controller = started;
    },
    cancel: cancelled,
  });
  const request = new Request(url, { ...signed, body, duplex: 'half' } as RequestInit);
  return { request, controller, cancelled };
}

describe('receiver.fetch', () => {
  test('broadcasts a delivery, and acknowledges its retry', async () => {
    const { log, handle } = setUp();
    const first = await handle(new Request(url, signed));
    expect([first.status, await first.json()]).toEqual([200, { outcome: 'broadcast' }]);
    expect(first.headers.get('content-type')).toBe('application/json');
    const second = await handle(new Request(url, signed));
    expect([second.status, await second.json()]).toEqual([200, { outcome: 'duplicate' }]);
    expect(log.attempts).toHaveLength(1);
  });

  test('takes a body in chunks', async () => {
    const { log, handle } = setUp();
    const { request, controller } = streamed();
    const answer = handle(request);
    for (const byte of rawBody) controller.enqueue(Uint8Array.of(byte));
    controller.close();
    expect((await answer).status).toBe(200);
    expect(log.published).toHaveLength(1);
  });

  test('says which method it takes', async () => {
    const answer = await setUp().handle(new Request(url));
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('refuses a request without a body', async () => {
    const { method, headers: fields } = signed;
    const answer = await setUp().handle(new Request(url, { method, headers: fields }));
    expect(answer.status).toBe(401);
  });

  test('refuses a header that was sent twice', async () => {
    const request = new Request(url, signed);
    request.headers.append('webhook-id', 'msg_2');
    expect((await setUp().handle(request)).status).toBe(400);
  });

  test('refuses a huge body while it comes, and wants no more of it', async () => {
    const { handle } = setUp();
    const { request, controller, cancelled } = streamed();
    const answer = handle(request);
    for (let count = 0; count < 5; count += 1) controller.enqueue(new Uint8Array(0x4000));
    expect((await answer).status).toBe(413);
    await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce());
  });

  test('waits for a slow body until its time is up', async () => {
    const { clock, handle } = setUp();
    const { request, controller, cancelled } = streamed();
    const answer = handle(request);
    controller.enqueue(rawBody.subarray(0, 10));
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(1));
    clock.advance(10_000);
    expect((await answer).status).toBe(408);
    await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce());
  });

  test('refuses a body that breaks off', async () => {
    const { handle } = setUp();
    const { request, controller } = streamed();
    const answer = handle(request);
    controller.error(new Error('aborted'));
    expect((await answer).status).toBe(400);
  });

  test('says that something has read the body before, or is reading it', async () => {
    const { handle } = setUp();
    const read = new Request(url, signed);
    await read.text();
    const reading = new Request(url, signed);
    reading.body?.getReader();
    for (const request of [read, reading]) {
      const answer = await handle(request);
      expect(await answer.json()).toMatchObject({ code: 'BODY_ALREADY_READ' });
      expect(answer.status).toBe(500);
    }
  });

  test('serves a real server', async () => {
    const { log, handle } = setUp();
    const server = createServer(async (incoming, outgoing) => {
      const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
      const init = { method: incoming.method, headers: incoming.headers, body, duplex: 'half' };
      const answer = await handle(new Request(url, init as RequestInit));
      outgoing.writeHead(answer.status).end(await answer.text());
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}`, signed);
    expect([answer.status, await answer.json()]).toEqual([200, { outcome: 'broadcast' }]);
    expect(log.published).toHaveLength(1);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
