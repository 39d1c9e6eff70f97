import type { EnvironmentReader } from './environment.ts';
import { readTimeoutMs } from './timeout.ts';
import type { TransportName } from './transportName.ts';
import { readNumber, readOrigins, readUrl } from './variables.ts';

export interface ServerConfig {
  /** The port of `manager.listen()`. From `WS_PORT`. @default 3001 */
  readonly port: number;
  readonly cors: {
    /**
     * The origins that may connect; empty: only pages from the server's own host. A comma-separated
     * list in `WS_CORS_ORIGIN`, otherwise `NEXT_PUBLIC_APP_URL`.
     */
    readonly origin: readonly string[];
    readonly methods: readonly string[];
    readonly credentials: boolean;
  };
  readonly transports: readonly TransportName[];
  /** How long the server waits for a pong before it gives a client up, in milliseconds. */
  readonly pingTimeout: number;
  /**
   * Between two pings, and between two `heartbeat` events, in milliseconds. From
   * `WS_HEARTBEAT_INTERVAL`. @default 25_000
   */
  readonly pingInterval: number;
  /** The most a handshake may take, in milliseconds. From `WS_CONNECTION_TIMEOUT`. @default 20_000 */
  readonly connectionTimeout: number;
  /** The most connections at once. From `WS_MAX_CONNECTIONS`. @default Infinity */
  readonly maxConnections: number;
}

/** The settings of a server. */
export function readServerConfig(reader: EnvironmentReader): ServerConfig {
  const appUrl = readUrl(reader, 'NEXT_PUBLIC_APP_URL', ['http:', 'https:']);
  const origins = readOrigins(reader, 'WS_CORS_ORIGIN');
  return {
    port: readNumber(reader, 'WS_PORT', [3001, 0, 65_535]),
    cors: {
      origin: origins.length > 0 || !appUrl ? origins : [new URL(appUrl).origin],
      methods: ['GET', 'POST'],
      credentials: true,
    },
    transports: ['websocket', 'polling'],
    pingTimeout: 60_000,
    pingInterval: readNumber(reader, 'WS_HEARTBEAT_INTERVAL', [25_000, 1, 3_600_000]),
    connectionTimeout: readTimeoutMs(reader),
    maxConnections: readNumber(reader, 'WS_MAX_CONNECTIONS', [
      Number.POSITIVE_INFINITY,
      1,
      10_000_000,
    ]),
  };
}

declare const URL: new (text: string) => { readonly origin: string };
