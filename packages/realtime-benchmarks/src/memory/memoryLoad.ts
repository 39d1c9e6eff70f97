import type { Part } from '@roomcast/realtime-processes';
import { type ClientKind, subscribe } from '../delivery/subscription.ts';
import { openRawClient } from '../load/rawClient.ts';
import { roomsOf } from '../load/roomsOf.ts';
import { runClients } from '../load/runClients.ts';
import { signTokens } from '../load/signTokens.ts';
import type { WebSocketConnection } from '../load/webSocketConnection.ts';

export interface HoldOptions {
  readonly client: ClientKind;
  readonly port: number;
  readonly count: number;
  readonly roomsEach: number;
  readonly timeoutMs: number;
}

/** Connections that only answer pings. */
export interface MemoryLoad extends Part {
  /** Signs the tokens, outside of what is measured. */
  prepare(options: { readonly secret: string; readonly count: number }): Promise<void>;
  /** Connects, authenticates and joins; resolves when all are there. */
  connect(options: HoldOptions): Promise<void>;
  disconnect(): void;
}

const concurrency = 100;

export function createPart(): MemoryLoad {
  let tokens: readonly string[] = [];
  let clients: WebSocketConnection[] = [];
  return {
    async prepare({ secret, count }) {
      tokens = await signTokens(secret, count);
    },
    async connect({ client, port, count, roomsEach, timeoutMs }) {
      const plans = tokens.slice(0, count);
      await runClients({ concurrency, timeoutMs }, plans, (token, index) => {
        const rooms = roomsOf(index, roomsEach);
        const subscription = subscribe(client, { token, rooms, contract: 'bench' });
        return openRawClient({ ...subscription, port }, subscription.dialogue, (opened) => {
          clients.push(opened);
          return () => {};
        });
      });
      // Servers keep the bytes that a client's last message came in: that of an idle one is small.
      for (const opened of clients) opened.ping();
    },
    disconnect() {
      for (const client of clients) client.terminate();
      clients = [];
    },
  };
}
