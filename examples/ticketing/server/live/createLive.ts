import type { Server } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import type { RedisBroker } from '@roomcast/realtime-redis';
import { WebSocketManager } from '@roomcast/realtime-server';
import type { Identity } from '../identity/createIdentity.ts';
import { consoleLogger } from './consoleLogger.ts';
import { createSendMessage } from './sendMessage.ts';

/** What the socket needs of the rest of the server. */
export interface LiveParts {
  readonly database: DatabaseSync;
  readonly identity: Identity;
  /** The log that is shared with other processes; null for one of this process alone. */
  readonly broker: RedisBroker | null;
  /** Hears of what was done by a socket and could not be told to the others. */
  readonly onError: (error: unknown) => void;
}

/** The Roomcast socket of the shop, on the shop's http server. */
export function createLive(
  server: Server,
  { database, identity, broker, onError }: LiveParts,
): WebSocketManager<EventContract> {
  return new WebSocketManager({
    contract: eventContract,
    server,
    ...(broker && { broker }),
    authenticate: identity.authenticate,
    actions: { 'send-message': createSendMessage(database, onError) },
    logger: consoleLogger,
  });
}
