import type { Clock } from '@roomcast/realtime-contract';
import type { ConnectionState } from '../connection/connectionState.ts';
import type { Request } from './actionCalls.ts';
import type { OfflinePolicy } from './callOptions.ts';

/** Keeps the actions that are called while there is no connection; made by `createOutbox`. */
export interface Outbox<Name extends string = string> {
  /** The actions that are queued unless their call says otherwise. */
  readonly actions: readonly Name[];
  /** For the client. Each has a queue of its own. */
  open(link: OutboxLink): OutboxQueue;
}

/** The client, as its outbox sees it. */
export interface OutboxLink {
  readonly clock: Clock;
  readonly connection: { readonly state: ConnectionState };
  readonly states: { add(callback: (state: ConnectionState) => void): () => void };
  /** Calls an action on the connection that there is. */
  act(action: Request): Promise<unknown>;
}

/** The actions of one client that wait, for a connection or for their answer. */
export interface OutboxQueue {
  /**
   * Calls an action now, or when there is a connection.
   *
   * @param offline - what the call says of it; undefined where the outbox decides
   * @throws as `RealtimeClient.call` does
   */
  call(action: Request, offline: OfflinePolicy | undefined): Promise<unknown>;
  /** The client is closed. */
  close(): void;
}
