import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Dialogue } from './dialogue.ts';
import { openRawClient } from './rawClient.ts';
import type { UpgradeOptions } from './webSocketUpgrade.ts';

/** A server that answers "hello" with "welcome". */
async function startServer(perMessageDeflate: object | boolean = false) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate });
  await once(server, 'listening');
  const peers: WebSocket[] = [];
  const heard: string[] = [];
  server.on('connection', (socket) => {
    peers.push(socket);
    socket.on('message', (data) => {
      heard.push(String(data));
      if (String(data) === 'hello') socket.send('welcome');
    });
  });
  onTestFinished(() => {
    for (const socket of peers) socket.terminate();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, peers, heard };
}

const greeting: Dialogue = { opening: 'hello', hear: (text) => (text === 'welcome' ? null : []) };

/** A client, and the messages that it got when it was there. */
async function open(options: Partial<UpgradeOptions> & Pick<UpgradeOptions, 'port'>) {
  const messages: (string | Buffer)[] = [];
  const { client, roundTrips } = await openRawClient(
    { path: '/', offersDeflate: false, ...options },
    greeting,
    (self) =>
      (...frame) =>
        messages.push(self.readMessage(...frame)),
  );
  onTestFinished(() => client.terminate());
  return { client, roundTrips, messages };
}

describe('a raw client', () => {
  it('has its dialogue, and then hands on what comes', async () => {
    const { port, peers } = await startServer();
    const { client, roundTrips, messages } = await open({ port });
    expect(roundTrips).toBe(1);
    const before = client.bytesRead;
    peers[0]!.send('one');
    peers[0]!.send(Buffer.from([1, 2]));
    await vi.waitFor(() => expect(messages).toEqual(['one', Buffer.from([1, 2])]));
    expect(client.bytesRead - before).toBe(2 + 3 + 2 + 2);
  });

  it('answers the pings of WebSocket and of engine.io', async () => {
    const { port, peers, heard } = await startServer();
    const { messages } = await open({ port });
    const pong = once(peers[0]!, 'pong');
    peers[0]!.ping('how are you');
    peers[0]!.send('2');
    expect(String((await pong)[0])).toBe('how are you');
    await vi.waitFor(() => expect(heard).toEqual(['hello', '3']));
    expect(messages).toEqual([]);
  });

  it('pings, and keeps the answer to itself', async () => {
    const { port, peers } = await startServer();
    const { client, messages } = await open({ port });
    const ping = once(peers[0]!, 'ping');
    client.ping();
    await ping;
    peers[0]!.send('behind the pong');
    await vi.waitFor(() => expect(messages).toEqual(['behind the pong']));
  });

  it.each([
    ['with context takeover', { threshold: 0 }],
    ['without it', { threshold: 0, serverNoContextTakeover: true }],
  ])('reads what the server compresses %s', async (_, perMessageDeflate) => {
    const { port, peers } = await startServer(perMessageDeflate);
    const { client, messages } = await open({ port, offersDeflate: true });
    const long = 'all the same to me. '.repeat(3_000);
    const before = client.bytesRead;
    const sent = [long, 'short', `${long}!`];
    for (const text of sent) peers[0]!.send(text);
    await vi.waitFor(() => expect(messages).toEqual(sent));
    expect(client.bytesRead - before).toBeLessThan(long.length / 10);
  });

  it('fails where there is no WebSocket, and where the server hangs up', async () => {
    const { port, peers } = await startServer();
    await expect(open({ port, path: '/\u0000' })).rejects.toThrow('Expected a WebSocket');
    const silent = openRawClient(
      { port, path: '/', offersDeflate: false },
      { opening: 'nothing', hear: () => [] },
      () => () => {},
    );
    await vi.waitFor(() => expect(peers).toHaveLength(1));
    peers[0]!.close();
    await expect(silent).rejects.toThrow('The server closed a client');
  });

  it('says when it was cut off', async () => {
    const { port, peers } = await startServer();
    const { client } = await open({ port });
    expect(client.isOpen).toBe(true);
    peers[0]!.terminate();
    await vi.waitFor(() => expect(client.isOpen).toBe(false));
  });
});
