import type { Server } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { WebSocketManager, type WebSocketManagerOptions } from '@roomcast/realtime-server';
import { type ShopContract, shopContract } from '../../shared/shopContract.ts';
import type { Identity } from '../identity/createIdentity.ts';
import { consoleLogger } from './consoleLogger.ts';
import type { RedisStores } from './openRedisStores.ts';
import { createSendMessage } from './sendMessage.ts';

/** What makes the socket one of several, behind a proxy. */
export type NodeOptions = Pick<
  WebSocketManagerOptions<ShopContract>,
  'callLedger' | 'cluster' | 'healthPaths' | 'transports'
>;

/** What the socket needs of the rest of the server. */
export interface LiveParts {
  readonly database: DatabaseSync;
  readonly identity: Identity;
  /** What is shared with other processes; null for a log and members of this process alone. */
  readonly stores: Pick<RedisStores, 'broker' | 'presenceStore'> | null;
  /** Empty for a shop of one process. */
  readonly node: NodeOptions;
  /** Hears of what was done by a socket and could not be told to the others. */
  readonly onError: (error: unknown) => void;
}

/** The Roomcast socket of the shop, on the shop's http server. */
export function createLive(
  server: Server,
  { database, identity, stores, node, onError }: LiveParts,
): WebSocketManager<ShopContract> {
  return new WebSocketManager({
    ...node,
    contract: shopContract,
    server,
    ...(stores && { broker: stores.broker, presenceStore: stores.presenceStore }),
    authenticate: identity.authenticate,
    actions: { 'send-message': createSendMessage(database, onError) },
    logger: consoleLogger,
  });
}
