import { backoffDefaults } from '../ports/backoff.ts';
import { InvalidConfigError } from './invalidConfigError.ts';

export type TransportName = 'websocket' | 'polling';

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

export interface ClientConfig {
  /** Where the server is; undefined: where the page came from. From `NEXT_PUBLIC_WS_URL`. */
  readonly url: string | undefined;
  readonly options: {
    readonly transports: readonly TransportName[];
    /** The most one connection attempt may take, in milliseconds. From `WS_CONNECTION_TIMEOUT`. */
    readonly timeout: number;
    readonly reconnection: boolean;
    readonly reconnectionAttempts: number;
    readonly reconnectionDelay: number;
    readonly reconnectionDelayMax: number;
    readonly randomizationFactor: number;
  };
}

export interface EnvironmentConfig {
  readonly server: ServerConfig;
  readonly client: ClientConfig;
}

/** Environment variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment variables of Roomcast. Every variable may be left out.
 *
 * @throws InvalidConfigError naming each variable that has a value which cannot be used
 */
export function parseConfig(env: Environment): EnvironmentConfig {
  const problems: string[] = [];
  const number = (name: string, fallback: number, min: number, max: number) => {
    const text = env[name]?.trim();
    if (!text) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    problems.push(`Expected ${name} to be a whole number from ${min} to ${max}, got "${text}".`);
    return fallback;
  };
  const url = (name: string, protocols: readonly string[]) => {
    const text = env[name]?.trim();
    if (!text) return undefined;
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
    problems.push(`Expected ${name} to be a URL with ${protocols.join(' or ')}, got "${text}".`);
    return undefined;
  };
  const origins = (name: string) => {
    const texts =
      env[name]
        ?.split(',')
        .map((text) => text.trim())
        .filter(Boolean) ?? [];
    for (const text of texts) {
      if (/^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text) continue;
      problems.push(
        `Expected ${name} to list origins such as "https://example.com", got "${text}".`,
      );
    }
    return texts;
  };

  const timeout = number('WS_CONNECTION_TIMEOUT', 20_000, 1, 600_000);
  const appUrl = url('NEXT_PUBLIC_APP_URL', ['http:', 'https:']);
  const corsOrigins = origins('WS_CORS_ORIGIN');
  const config: EnvironmentConfig = {
    server: {
      port: number('WS_PORT', 3001, 0, 65_535),
      cors: {
        origin: corsOrigins.length > 0 || !appUrl ? corsOrigins : [new URL(appUrl).origin],
        methods: ['GET', 'POST'],
        credentials: true,
      },
      transports: ['websocket', 'polling'],
      pingTimeout: 60_000,
      pingInterval: number('WS_HEARTBEAT_INTERVAL', 25_000, 1, 3_600_000),
      connectionTimeout: timeout,
      maxConnections: number('WS_MAX_CONNECTIONS', Number.POSITIVE_INFINITY, 1, 10_000_000),
    },
    client: {
      url: url('NEXT_PUBLIC_WS_URL', ['ws:', 'wss:', 'http:', 'https:']),
      options: {
        transports: ['websocket', 'polling'],
        timeout,
        reconnection: true,
        reconnectionAttempts: Number.POSITIVE_INFINITY,
        reconnectionDelay: backoffDefaults.minDelayMs,
        reconnectionDelayMax: backoffDefaults.maxDelayMs,
        randomizationFactor: backoffDefaults.jitter,
      },
    },
  };
  if (problems.length > 0) throw new InvalidConfigError(problems);
  return config;
}

declare const URL: {
  new (text: string): { readonly protocol: string; readonly origin: string };
  canParse(text: string): boolean;
};
