import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createApi } from './api/createApi.ts';
import { openDatabase } from './database/openDatabase.ts';
import { createIdentity } from './identity/createIdentity.ts';
import { getSigningSecret } from './identity/signingSecret.ts';
import { listen } from './listen.ts';
import { createAnnouncer } from './live/createAnnouncer.ts';
import { createLive } from './live/createLive.ts';
import { createPage } from './page/createPage.ts';

/** Options of {@link startTicketing}. */
export interface TicketingOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** A file, which is made where there is none, or `:memory:`. */
  readonly database: string;
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** Signs the tokens; at least 32 bytes. @default one that is kept in the database */
  readonly secret?: string | undefined;
  /** The folder of the built page. @default the one that `pnpm build` writes */
  readonly webRoot?: string | undefined;
}

/** A shop that is open. */
export interface Ticketing {
  readonly url: string;
  /** Ends all connections, then closes the database. */
  close(): Promise<void>;
}

const builtPage = join(import.meta.dirname, '..', 'dist');

/** Opens the shop: API, socket and page on one port. */
export async function startTicketing(options: TicketingOptions): Promise<Ticketing> {
  const database = openDatabase(options.database);
  const identity = createIdentity(database, options.secret ?? getSigningSecret(database));
  const app = new Hono();
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  const live = createLive(server, database, identity);
  const announcer = createAnnouncer(live, (error) => console.error('Not announced:', error));
  app.route('/api', createApi({ database, identity, announcer }));
  app.route('/', createPage(options.webRoot ?? builtPage));

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= closeServer(server, live).finally(() => database.close());
    return closing;
  };
  try {
    const url = await listen(server, { host: options.host ?? '127.0.0.1', port: options.port });
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function closeServer(server: Server, live: AsyncDisposable): Promise<void> {
  // First no new requests, then no sockets, then nothing that still hangs on.
  const isClosed = new Promise<void>((resolve) => server.close(() => resolve()));
  await live[Symbol.asyncDispose]();
  server.closeAllConnections();
  await isClosed;
}
