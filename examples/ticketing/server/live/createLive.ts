import type { Server } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { WebSocketManager } from '@roomcast/realtime-server';
import type { Identity } from '../identity/createIdentity.ts';
import { consoleLogger } from './consoleLogger.ts';
import { createSendMessage } from './sendMessage.ts';

/** The Roomcast socket of the shop, on the shop's http server. */
export function createLive(
  server: Server,
  database: DatabaseSync,
  identity: Identity,
): WebSocketManager<EventContract> {
  return new WebSocketManager({
    contract: eventContract,
    server,
    authenticate: identity.authenticate,
    actions: { 'send-message': createSendMessage(database) },
    logger: consoleLogger,
  });
}
