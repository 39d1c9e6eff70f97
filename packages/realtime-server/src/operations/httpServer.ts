import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where an http server listens. */
export interface Listening {
  readonly port: number;
  /** With the host as it was asked for, such as `http://127.0.0.1:3001`. */
  readonly url: string;
}

/** Opens a server; rejects with the system's error, such as `EADDRINUSE`. */
export async function listenOn(
  server: HttpServer,
  port: number,
  host: string | undefined,
): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: actual } = server.address() as AddressInfo;
  return { port: actual, url: `http://${host ?? 'localhost'}:${actual}` };
}

/** Closes a server and what is still connected to it; harmless when it is not open. */
export async function closeHttpServer(server: HttpServer): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
