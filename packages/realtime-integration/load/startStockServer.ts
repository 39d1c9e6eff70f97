import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';

/** What a client has asked to publish. */
export interface StockMessage {
  readonly room: string;
  readonly text: string;
}

export interface StockServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  readonly io: Server;
}

export interface StockServerOptions {
  /** What becomes of a message; the rest is the usual server of the documentation. */
  publish(message: StockMessage, io: Server): unknown;
  onRequest?(request: IncomingMessage, response: ServerResponse, io: Server): void;
  onConnection?(socket: Socket): void;
}

/** Starts a Socket.IO server that knows nothing of Roomcast. */
export async function startStockServer(options: StockServerOptions): Promise<StockServer> {
  const http = createServer();
  const io = new Server(http);
  http.on('request', (request, response) => {
    if (!request.url?.startsWith('/socket.io/')) options.onRequest?.(request, response, io);
  });
  io.on('connection', (socket) => {
    socket.on('join', (room: string, acknowledge?: (answer: object) => void) => {
      socket.join(room);
      acknowledge?.({ ok: true });
    });
    socket.on('publish', (message: StockMessage, acknowledge?: (answer: object) => void) => {
      options.publish(message, io);
      acknowledge?.({ ok: true });
    });
    options.onConnection?.(socket);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    ...{ port, url: `http://127.0.0.1:${port}`, io },
    async [Symbol.asyncDispose]() {
      await io.close();
    },
  };
}
