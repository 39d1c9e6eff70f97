import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OpenSockets } from './openSockets.ts';

/** Where an http server listens. */
export interface Listening {
  readonly port: number;
  /** With the host as it was asked for, such as `http://127.0.0.1:3001`. */
  readonly url: string;
}

/** An http server and how to close it. */
export interface ManagedHttpServer {
  readonly server: HttpServer;
  /** Lets nobody else connect; harmless when it is not open. */
  stopListening(): void;
  /** Closes it and whatever is connected to it; harmless when it is not open. */
  close(): Promise<void>;
}

/** How long a request may take to arrive. */
export interface RequestTimeouts {
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

/** How often requests that take too long are looked for, in milliseconds. */
const checkMs = 500;

/** How long connections may take to send what was written to them when the server closes. */
const flushTimeMs = 1_000;

/**
 * An http server whose every connection ends with it. Node's `closeAllConnections` leaves out those
 * that were upgraded, and one of them that is never closed would keep `close` waiting for ever.
 */
export function createHttpServer(
  onRequest: RequestListener,
  { headersTimeoutMs, requestTimeoutMs }: RequestTimeouts,
): ManagedHttpServer {
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: checkMs,
    },
    onRequest,
  );
  const sockets = new OpenSockets();
  let closed = Promise.resolve();
  server.on('connection', (socket) => sockets.add(socket));

  function stopListening(): void {
    if (!server.listening) return;
    closed = new Promise((resolve) => server.close(() => resolve()));
  }

  return {
    ...{ server, stopListening },
    async close() {
      stopListening();
      const timer = setTimeout(() => {
        for (const socket of sockets.all()) socket.destroy();
      }, flushTimeMs);
      for (const socket of sockets.all()) socket.destroySoon();
      await closed;
      clearTimeout(timer);
    },
  };
}

/** Opens a server; rejects with the system's error, such as `EADDRINUSE`. */
export async function listenOn(
  server: HttpServer,
  port: number,
  host: string | undefined,
): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    const settle = (how: () => void) => {
      server.off('error', onError);
      server.off('listening', onListening);
      how();
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onListening = () => settle(resolve);
    server.once('error', onError);
    server.once('listening', onListening);
    try {
      server.listen({ port, host });
    } catch (error) {
      settle(() => reject(error));
    }
  });
  const { port: actual } = server.address() as AddressInfo;
  return { port: actual, url: `http://${host ?? 'localhost'}:${actual}` };
}
