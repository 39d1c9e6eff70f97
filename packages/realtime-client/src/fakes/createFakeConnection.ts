import {
  type BackoffOptions,
  type Frame,
  systemClock,
  type WelcomeFrame,
} from '@roomcast/realtime-contract';
import { type Mock, vi } from 'vitest';
import { Connection, type ConnectionOptions } from '../connection/connection.ts';
import type { ConnectionState } from '../connection/connectionState.ts';
import { Subscribers } from '../subscribers.ts';
import { FakeTransport } from './fakeTransport.ts';

/** A connection over fake transports, with everything that it says. */
export interface FakeConnection {
  readonly connection: Connection;
  readonly transports: readonly FakeTransport[];
  /** The newest transport. */
  transport(): FakeTransport;
  /** Every state that was told, in order. */
  readonly states: readonly ConnectionState[];
  readonly watchers: Subscribers<ConnectionState>;
  readonly getToken: Mock<() => Promise<string | null>>;
  readonly random: Mock<() => number>;
  readonly report: Mock<(error: unknown, source: string) => void>;
  readonly listener: {
    readonly onWelcome: Mock<(welcome: WelcomeFrame) => void>;
    readonly onFrame: Mock<(frame: Frame) => void>;
    readonly onDown: Mock<() => void>;
  };
}

/** Without chance the delays are 100, 200, 400, 800, 1,000 and again 1,000 ms. */
export const fakeBackoff: BackoffOptions = { minDelayMs: 100, maxDelayMs: 1_000, jitter: 1 };
export const fakeTimeoutMs = 5_000;

/** @param options - as for a connection; time is the clock of the machine, for fake timers */
export function createFakeConnection(options: Partial<ConnectionOptions> = {}): FakeConnection {
  const transports: FakeTransport[] = [];
  const states: ConnectionState[] = [];
  const report = vi.fn<(error: unknown, source: string) => void>();
  const getToken = vi.fn(async (): Promise<string | null> => 'token');
  const random = vi.fn(() => 0);
  const listener = { onWelcome: vi.fn(), onFrame: vi.fn(), onDown: vi.fn() };
  const watchers = new Subscribers<ConnectionState>('watchState', report);
  watchers.add((state) => states.push(state));
  const connection = new Connection(
    {
      ...{ clock: systemClock, backoff: fakeBackoff, maxAttempts: Number.POSITIVE_INFINITY },
      ...{ connectTimeoutMs: fakeTimeoutMs, random, getToken },
      openTransport(token, events) {
        const transport = new FakeTransport(token, events);
        transports.push(transport);
        return transport;
      },
      ...options,
    },
    listener,
    watchers,
  );
  return {
    ...{ connection, transports, states, watchers, getToken, random, report, listener },
    transport() {
      const last = transports.at(-1);
      if (!last) throw new Error('No transport was opened.');
      return last;
    },
  };
}
