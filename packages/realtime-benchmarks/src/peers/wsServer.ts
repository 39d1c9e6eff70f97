import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { parseHello, type ServedRooms } from './hello.ts';
import type { PeerServer } from './peerServer.ts';
import { createPublisherCalls } from './publisherCalls.ts';
import { createVerifier } from './verifyToken.ts';

/** ws with rooms as a careful hand writes them: sets of sockets, and each event encoded once. */
export function createPart(): PeerServer {
  const rooms = new Map<string, Set<WebSocket>>();
  let server: WebSocketServer | undefined;

  function join(socket: WebSocket, names: ServedRooms): void {
    for (const name of names) {
      const members = rooms.get(name) ?? new Set();
      rooms.set(name, members.add(socket));
    }
    socket.on('close', () => {
      for (const name of names) {
        rooms.get(name)?.delete(socket);
        if (rooms.get(name)?.size === 0) rooms.delete(name);
      }
    });
  }

  return {
    ...createPublisherCalls((eventId, event, payload) => {
      const message = Buffer.from(JSON.stringify({ event, payload }));
      for (const socket of rooms.get(`event-${eventId}`) ?? []) {
        if (socket.readyState === WebSocket.OPEN) socket.send(message, { binary: false });
      }
    }),
    async listen({ secret }) {
      const verify = createVerifier(secret);
      const created = new WebSocketServer({ port: 0, host: '127.0.0.1' });
      server = created;
      created.on('connection', (socket) => {
        socket.on('error', () => socket.terminate());
        socket.once('message', (data) => {
          const { token, rooms: asked } = parseHello(String(data));
          verify(token).then(
            () => {
              join(socket, asked);
              socket.send(JSON.stringify({ joined: asked.length }));
            },
            () => socket.close(),
          );
        });
      });
      await new Promise<void>((resolve) => created.once('listening', resolve));
      return (created.address() as AddressInfo).port;
    },
    connections: () => server?.clients.size ?? 0,
    async close() {
      for (const client of server?.clients ?? []) client.terminate();
      await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
    },
  };
}
