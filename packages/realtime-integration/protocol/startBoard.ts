import { createMemoryBroker, type MemoryBrokerOptions } from '@roomcast/realtime-broker';
import { createPublication, createRemoval, type Position } from '@roomcast/realtime-contract';
import type { AuthenticatedUser } from '@roomcast/realtime-server';
import {
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '@roomcast/realtime-testing';
import { type BoardContract, boardContract } from './boardContract.ts';
import { createManualClock, type ManualClock } from './manualClock.ts';

/** A server with its clock in the hand of the test, and short ways to publish in the room `event-1`. */
export interface Board extends AsyncDisposable {
  readonly server: TestServer<BoardContract>;
  readonly manager: TestServer<BoardContract>['manager'];
  readonly url: string;
  readonly clock: ManualClock;
  /** Publishes `said`, one for each text, one after the other. */
  say(...texts: readonly string[]): Promise<void>;
  /** Publishes the `latest` value of a row. */
  price(row: string, price: number): Promise<void>;
  removePrice(row: string): Promise<void>;
  /** Publishes a `volatile` one. */
  type(name: string): Promise<void>;
  /** Where `event-1` stands. */
  position(): Promise<Position>;
}

/** What a token of these tests says; see {@link tokenOf}. */
interface TokenContent {
  readonly expiresInMs?: number;
  readonly tokenId?: string;
  readonly issuedAtMs?: number;
}

/** A token that the board accepts for a user. */
export function tokenOf(id: string, content: TokenContent = {}): string {
  return JSON.stringify({ id, ...content });
}

export type BoardOptions = Partial<TestServerOptions<BoardContract>> & {
  readonly log?: Omit<MemoryBrokerOptions, 'clock'>;
};

export const room = 'event-1';
const event = ['event', { eventId: '1' }] as const;

/** Starts a server of the {@link boardContract}. */
export async function startBoard({ log, ...options }: BoardOptions = {}): Promise<Board> {
  const clock = createManualClock();
  const broker = options.broker ?? createMemoryBroker({ clock, ...log });
  const server = await startTestServer(boardContract, {
    ...{ clock, broker },
    // A window would wait for the clock.
    batchWindowMs: 0,
    authenticate: async (token) => readToken(token, clock.now()),
    ...options,
  });
  const { manager, url } = server;
  const publish = async (...args: Parameters<typeof createPublication>) => {
    await manager.publish(createPublication(...args));
  };
  return {
    ...{ server, manager, url, clock },
    async say(...texts) {
      for (const text of texts) await manager.broadcastToEvent('1', 'said', { text });
    },
    price: (row, price) => publish(boardContract, [...event], 'priced', { row, price }),
    async removePrice(row) {
      await manager.publish(createRemoval(boardContract, [...event], 'priced', row));
    },
    type: (name) => publish(boardContract, [...event], 'typing', name),
    position: () => broker.position(room),
    [Symbol.asyncDispose]: server.close,
  };
}

function readToken(token: string, nowMs: number): AuthenticatedUser {
  const { id, expiresInMs, tokenId, issuedAtMs } = JSON.parse(token);
  return {
    id,
    ...(expiresInMs !== undefined && { expiresAtMs: nowMs + expiresInMs }),
    ...(tokenId !== undefined && { tokenId }),
    ...(issuedAtMs !== undefined && { issuedAtMs }),
  };
}
