import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { getRequestListener } from '@hono/node-server';
import type { WebSocketManager } from '@roomcast/realtime-server';
import { Hono } from 'hono';
import type { ShopContract } from '../shared/shopContract.ts';
import { createApi } from './api/createApi.ts';
import { openDatabase } from './database/openDatabase.ts';
import { createIdentity } from './identity/createIdentity.ts';
import { getSigningSecret } from './identity/signingSecret.ts';
import { listen } from './listen.ts';
import { createLive, type NodeOptions } from './live/createLive.ts';
import type { LogOptions } from './live/openRedisBroker.ts';
import { openRedisStores, type RedisStores } from './live/openRedisStores.ts';
import { createPage } from './page/createPage.ts';
import type { Replay } from './replay/createReplay.ts';
import { startReplay } from './replay/startReplay.ts';
import { createShop, type Shop } from './shop/createShop.ts';
import { createWebhooks } from './webhooks/createWebhooks.ts';
import { makeWebhookSecret } from './webhooks/webhookSecret.ts';

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
  /** What deliveries are signed with, as Standard Webhooks has it. @default one for this process */
  readonly webhookSecret?: string | undefined;
  /** The Redis that has the log of the rooms and who is in them. @default none: this process has */
  readonly redisUrl?: string | undefined;
  /** How that log is kept. @default as the broker does */
  readonly log?: LogOptions | undefined;
  /** What makes it one of several processes of the shop. @default it is the only one */
  readonly node?: NodeOptions | undefined;
  /** Plays the recorded day, so many times faster than it was. @default null, which is not at all */
  readonly replaySpeed?: number | null | undefined;
  /** The folder of the built page. @default the one that `pnpm build` writes */
  readonly webRoot?: string | undefined;
}

/** A shop that is open. */
export interface Ticketing {
  readonly url: string;
  /** Changes what is sold, past API and webhooks. */
  readonly shop: Shop;
  /** Who is connected, and to what. */
  readonly live: Pick<WebSocketManager<ShopContract>, 'cluster' | 'drain' | 'getActiveRooms'>;
  /** Ends all connections, then closes the database. */
  close(): Promise<void>;
}

const builtPage = join(import.meta.dirname, '..', 'dist');

/** Opens the shop: API, webhooks, socket and page on one port. */
export async function startTicketing(options: TicketingOptions): Promise<Ticketing> {
  const { host = '127.0.0.1', port, replaySpeed = null } = options;
  const { webhookSecret = makeWebhookSecret() } = options;
  const stores = options.redisUrl ? await openRedisStores(options.redisUrl, options.log) : null;
  const database = openDatabase(options.database);
  const { server, live, shop } = assemble(database, stores, { ...options, webhookSecret });
  let replay: Replay | undefined;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= Promise.resolve(replay?.close())
      .then(() => closeServer(server, live))
      .then(() => stores?.close())
      .finally(() => database.close());
    return closing;
  };
  try {
    const url = await listen(server, { host, port });
    if (replaySpeed !== null) {
      replay = await startReplay({ url, secret: webhookSecret, speed: replaySpeed, database });
    }
    return { url, shop, live, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function assemble(
  database: DatabaseSync,
  stores: RedisStores | null,
  options: TicketingOptions & { readonly webhookSecret: string },
): { server: Server; live: WebSocketManager<ShopContract>; shop: Shop } {
  const onError = (error: unknown) => console.error('Not announced:', error);
  const identity = createIdentity(database, options.secret ?? getSigningSecret(database));
  const app = new Hono();
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  const { node = {} } = options;
  const live = createLive(server, { database, identity, stores, node, onError });
  const shop = createShop({ database, publisher: live, onError });
  const webhooks = createWebhooks(shop, options.webhookSecret);
  app.route('/api', createApi({ database, identity, shop, live }));
  app.all('/webhooks', (context) => webhooks.fetch(context.req.raw));
  app.route('/', createPage(options.webRoot ?? builtPage));
  return { server, live, shop };
}

async function closeServer(server: Server, live: AsyncDisposable): Promise<void> {
  // First no new requests, then no sockets, then nothing that still hangs on.
  const isClosed = new Promise<void>((resolve) => server.close(() => resolve()));
  await live[Symbol.asyncDispose]();
  server.closeAllConnections();
  await isClosed;
}
