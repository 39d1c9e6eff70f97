import { createServer, type IncomingMessage } from 'node:http';
import { createWebhookReceiver } from '@roomcast/realtime-broadcaster/webhooks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listen } from '../listen.ts';
import { makeWebhookSecret } from '../webhooks/webhookSecret.ts';
import { sendDelivery } from './sendDelivery.ts';

const secret = makeWebhookSecret();
const delivery = {
  id: 'msg_1',
  type: 'market.updated',
  data: { symbol: 'X', price: 1, change: 0 },
};
const { signal } = new AbortController();
let url: string;
let statuses: number[];
let ids: (string | undefined)[];
const server = createServer((request, response) => {
  ids.push(idOf(request));
  request.resume();
  response.writeHead(statuses.shift() ?? 200).end('{}');
});

beforeEach(async () => {
  statuses = [];
  ids = [];
  url = await listen(server, { host: '127.0.0.1', port: 0 });
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

function idOf({ headers }: IncomingMessage): string | undefined {
  const id = headers['webhook-id'];
  return typeof id === 'string' ? id : undefined;
}

it('sends what a receiver with the same secret accepts', async () => {
  const broadcaster = { broadcastMarketUpdate: async () => ({ position: {} }) } as never;
  const receiver = createWebhookReceiver({ secrets: [secret], broadcaster });
  const listener = createServer(receiver.node);
  const receiverUrl = await listen(listener, { host: '127.0.0.1', port: 0 });
  await expect(sendDelivery(delivery, { url: receiverUrl, secret, signal })).resolves.toBe(
    'accepted',
  );
  listener.closeAllConnections();
  await new Promise((resolve) => listener.close(resolve));
});

it('takes a conflict for an answer', async () => {
  statuses = [409];
  await expect(sendDelivery(delivery, { url, secret, signal })).resolves.toBe('conflict');
  expect(ids).toEqual(['msg_1']);
});

it('tries again under the same id while it is asked to', async () => {
  statuses = [503, 503];
  await expect(sendDelivery(delivery, { url, secret, signal })).resolves.toBe('accepted');
  expect(ids).toEqual(['msg_1', 'msg_1', 'msg_1']);
});

it('gives up after the third try', async () => {
  statuses = [503, 503, 503];
  await expect(sendDelivery(delivery, { url, secret, signal })).rejects.toThrow('got 503');
  expect(ids).toHaveLength(3);
});

it('does not send again what was refused', async () => {
  statuses = [422];
  await expect(sendDelivery(delivery, { url, secret, signal })).rejects.toThrow('got 422');
  expect(ids).toHaveLength(1);
});

it('ends at once when it is aborted between two tries', async () => {
  statuses = [503, 503, 503];
  const closing = new AbortController();
  const sending = sendDelivery(delivery, { url, secret, signal: closing.signal });
  server.once('request', () => setImmediate(() => closing.abort()));
  await expect(sending).rejects.toThrow('aborted');
  expect(ids).toHaveLength(1);
});
