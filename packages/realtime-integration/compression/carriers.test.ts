import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageCompressor } from '@roomcast/realtime-compression';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

/** Several times the threshold, with characters of every length in UTF-8. */
const message = JSON.stringify(
  Array.from({ length: 500 }, (_, seat) => ({ seat, buyer: 'Zoë 東京 🎟️', state: 'sold' })),
);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function startHttpServer() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return { server, port: (server.address() as AddressInfo).port };
}

describe('an envelope arrives as it was sent', () => {
  test.each(['websocket', 'polling'])('over Socket.IO by %s', async (transport) => {
    const { server, port } = await startHttpServer();
    const sockets = new Server(server);
    closing.push(() => sockets.close());
    sockets.on('connection', (socket) => {
      const text = MessageCompressor.compressMessage(message);
      const bytes = MessageCompressor.compressBytes(new TextEncoder().encode(message));
      socket.emit('compressed-event', 'event-updated', text, bytes);
    });
    const client = io(`http://127.0.0.1:${port}`, { transports: [transport], forceNew: true });
    closing.push(() => client.close());
    const [text, bytes] = await new Promise<[string, Uint8Array]>((resolve) =>
      client.on('compressed-event', (_, ...envelopes: [string, Uint8Array]) => resolve(envelopes)),
    );
    expect(text.length).toBeLessThan(message.length / 3);
    expect(MessageCompressor.decompressMessage(text)).toBe(message);
    const opened = MessageCompressor.decompressBytes(bytes);
    expect(new TextDecoder().decode(opened)).toBe(message);
  });

  test('as the text of a WebSocket', async () => {
    const { server, port } = await startHttpServer();
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => socket.send(MessageCompressor.compressMessage(message)));
    const client = new WebSocket(`ws://127.0.0.1:${port}`);
    closing.push(() => client.terminate());
    const text = await new Promise<string>((resolve) =>
      client.on('message', (data) => resolve(String(data))),
    );
    expect(MessageCompressor.decompressMessage(text)).toBe(message);
  });
});
