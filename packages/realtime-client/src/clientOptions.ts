import {
  type AnyContract,
  type BackoffOptions,
  type Clock,
  type Logger,
  type ReportError,
  RoomcastError,
  silentLogger,
  systemClock,
} from '@roomcast/realtime-contract';
import {
  type Environment,
  parseClientConfig,
  visibleEnvironment,
} from '@roomcast/realtime-contract/config';
import type { TransportName } from './socket-io/openTransport.ts';

/** The options of `createRealtimeClient`. Only the contract is required. */
export interface RealtimeClientOptions<C extends AnyContract> {
  readonly contract: C;
  /**
   * Where the server is, such as `https://example.com`: no path, no namespace.
   * @default `NEXT_PUBLIC_WS_URL`, otherwise the origin of the page; required outside a browser
   */
  readonly url?: string;
  /** @default '/socket.io' */
  readonly path?: string;
  /** @default '/' */
  readonly namespace?: string;
  /**
   * Called before every connection and reconnection, so that the token is never stale. Null makes
   * the client a guest.
   */
  readonly getToken?: () => string | null | Promise<string | null>;
  /**
   * Whether to connect by itself: when a room or an event is first asked for, so that creating a
   * client, as during server rendering, opens nothing. With false, `connect()` does.
   * @default true
   */
  readonly autoConnect?: boolean;
  /** @default ['websocket', 'polling'] */
  readonly transports?: readonly TransportName[];
  /**
   * The most that one attempt may take, the token included, in milliseconds.
   * @default `WS_CONNECTION_TIMEOUT`, otherwise 20_000
   */
  readonly connectTimeoutMs?: number;
  /**
   * How the delay between attempts grows. It begins anew after a connection that lived for
   * `maxDelayMs`; one that ended sooner counts as another failed attempt.
   * @default 0.5 s doubling to 20 s, full jitter
   */
  readonly backoff?: Partial<BackoffOptions>;
  /** How many attempts in a row may fail before the client gives up. @default Infinity */
  readonly maxAttempts?: number;
  /** Receives what your handlers and watchers throw. @default an error line of the logger */
  readonly onError?: ReportError;
  /** The environment variables to read. @default those of the process or the bundle */
  readonly env?: Environment;
  /** @default silent */
  readonly logger?: Logger;
  /** @default the machine's clock */
  readonly clock?: Clock;
  /** A number from 0 (inclusive) to 1 (exclusive), for the jitter. @default Math.random */
  readonly random?: () => number;
}

/** The options with nothing left open. */
export interface ResolvedClientOptions {
  readonly url: string;
  readonly path: string;
  readonly namespace: string;
  readonly getToken: () => Promise<string | null>;
  readonly transports: readonly TransportName[];
  readonly connectTimeoutMs: number;
  readonly backoff: BackoffOptions;
  readonly maxAttempts: number;
  readonly report: ReportError;
  readonly clock: Clock;
  readonly random: () => number;
}

/** @throws RoomcastError `INVALID_CONFIG`, naming the option */
export function resolveClientOptions<C extends AnyContract>(
  options: RealtimeClientOptions<C>,
): ResolvedClientOptions {
  const { getToken = () => null, logger = silentLogger } = options;
  const config = parseClientConfig(options.env ?? visibleEnvironment());
  const resolved: ResolvedClientOptions = {
    url: options.url ?? config.url ?? '',
    path: options.path ?? '/socket.io',
    namespace: options.namespace ?? '/',
    getToken: async () => getToken(),
    transports: options.transports ?? config.options.transports,
    connectTimeoutMs: options.connectTimeoutMs ?? config.options.timeout,
    backoff: {
      minDelayMs: config.options.reconnectionDelay,
      maxDelayMs: config.options.reconnectionDelayMax,
      jitter: config.options.randomizationFactor,
      ...options.backoff,
    },
    maxAttempts: options.maxAttempts ?? config.options.reconnectionAttempts,
    report:
      options.onError ??
      ((error, source) => logger.error({ err: error, source }, 'callback failed')),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
  assertOptions(resolved);
  return resolved;
}

/** The longest delay that a timer of the platform can hold (2^31 − 1 ms, 24.8 days). */
const maxTimerMs = 2_147_483_647;

function assertOptions({ backoff, ...options }: ResolvedClientOptions): void {
  const { url, connectTimeoutMs } = options;
  // A path would be taken for a namespace.
  const isServer = url === '' || /^(https?|wss?):\/\/[^/?#\s]+\/?$/.test(url);
  assert('url', isServer, 'an http(s) or ws(s) URL without a path', options);
  const isTimer = connectTimeoutMs > 0 && connectTimeoutMs <= maxTimerMs;
  assert('connectTimeoutMs', isTimer, `a positive number up to ${maxTimerMs}`, options);
  assert('maxAttempts', options.maxAttempts >= 0, 'zero or more', options);
  assert('namespace', options.namespace.startsWith('/'), 'a name that begins with "/"', options);
  assert('transports', options.transports.length > 0, 'a list of one or two transports', options);
  assert('minDelayMs', backoff.minDelayMs > 0, 'a positive number', backoff);
  assert('maxDelayMs', backoff.maxDelayMs >= backoff.minDelayMs, 'at least `minDelayMs`', backoff);
  assert('jitter', backoff.jitter >= 0 && backoff.jitter <= 1, 'from 0 to 1', backoff);
}

function assert<Values extends object>(
  name: keyof Values & string,
  isValid: boolean,
  expected: string,
  values: Values,
): void {
  if (isValid) return;
  throw new RoomcastError(
    'INVALID_CONFIG',
    `Expected \`${name}\` to be ${expected}, got \`${String(values[name])}\`.`,
  );
}
