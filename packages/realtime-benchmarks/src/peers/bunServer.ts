import { parseHello } from './hello.ts';
import type { PeerServer } from './peerServer.ts';
import { createPublisherCalls } from './publisherCalls.ts';
import { createVerifier } from './verifyToken.ts';

/** As much of Bun's server as is used here. */
interface BunServer {
  readonly port: number;
  upgrade(request: unknown): boolean;
  publish(topic: string, message: string): number;
  stop(closesConnections: boolean): void;
}

interface BunSocket {
  subscribe(topic: string): void;
  send(message: string): void;
  close(): void;
}

declare const Bun: {
  serve(options: {
    readonly port: number;
    readonly hostname: string;
    fetch(request: unknown, server: BunServer): Response | undefined;
    readonly websocket: {
      readonly idleTimeout: number;
      open(socket: BunSocket): void;
      message(socket: BunSocket, data: string): void;
      close(socket: BunSocket): void;
    };
  }): BunServer;
};

/** Bun's native publish and subscribe. Runs in Bun only. */
export function createPart(): PeerServer {
  let server: BunServer | undefined;
  let connected = 0;

  return {
    ...createPublisherCalls((eventId, event, payload) => {
      server?.publish(`event-${eventId}`, JSON.stringify({ event, payload }));
    }),
    async listen({ secret }) {
      const verify = createVerifier(secret);
      server = Bun.serve({
        port: 0,
        hostname: '127.0.0.1',
        fetch: (request, { upgrade }) =>
          upgrade.call(server, request) ? undefined : new Response(null, { status: 426 }),
        websocket: {
          idleTimeout: 960,
          open() {
            connected += 1;
          },
          message(socket, data) {
            const { token, rooms } = parseHello(data);
            verify(token).then(
              () => {
                for (const room of rooms) socket.subscribe(room);
                socket.send(JSON.stringify({ joined: rooms.length }));
              },
              () => socket.close(),
            );
          },
          close() {
            connected -= 1;
          },
        },
      });
      return server.port;
    },
    connections: () => connected,
    close: async () => server?.stop(true),
  };
}
