import type { TransportName } from '@roomcast/realtime-contract/config';
import { assertLoopback } from './assertLoopback.ts';

/** What the environment decides. */
export interface Settings {
  /** Of loopback. */
  readonly host: string;
  /** Where the shop is: that of the proxy. The nodes have the three that follow. */
  readonly port: number;
  readonly controlPort: number;
  readonly nodePorts: readonly [number, number, number];
  /** Whether the example starts its own proxy; otherwise somebody else has to listen on `port`. */
  readonly startsProxy: boolean;
  readonly transports: readonly TransportName[];
  readonly tradesPerSecond: number;
  /** How many publications of each room are kept; undefined for as many as the broker keeps. */
  readonly history: number | undefined;
}

const transportNames: readonly string[] = ['websocket', 'polling'];

/** Reads the environment. @throws Error that names the variable and what it may hold */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const host = env.HOST || '127.0.0.1';
  assertLoopback(host);
  const port = readWhole('PORT', env.PORT, { fallback: 3000, max: 65_532 });
  const nodePort = (index: number) => (port === 0 ? 0 : port + index);
  return {
    ...{ host, port, nodePorts: [nodePort(1), nodePort(2), nodePort(3)] },
    controlPort: readWhole('CONTROL_PORT', env.CONTROL_PORT, { fallback: 3010, max: 65_535 }),
    startsProxy: env.PROXY !== 'off',
    transports: readTransports(env.TRANSPORTS),
    tradesPerSecond: readWhole('TRADES_PER_SECOND', env.TRADES_PER_SECOND, {
      ...{ fallback: 20, max: 200 },
    }),
    history: env.HISTORY
      ? readWhole('HISTORY', env.HISTORY, { fallback: 0, max: 100_000 })
      : undefined,
  };
}

function readWhole(
  name: string,
  text: string | undefined,
  { fallback, max }: { readonly fallback: number; readonly max: number },
): number {
  if (!text) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new Error(`Expected ${name} to be a whole number from 0 to ${max}, got "${text}".`);
}

function readTransports(text: string | undefined): readonly TransportName[] {
  const names = (text || 'websocket').split(',').map((name) => name.trim());
  if (names.every((name): name is TransportName => transportNames.includes(name))) return names;
  throw new Error(`Expected TRANSPORTS to be of "websocket" and "polling", got "${text}".`);
}
