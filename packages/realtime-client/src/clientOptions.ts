import {
  type ActionName,
  type AnyContract,
  type BackoffOptions,
  backoffDefaults,
  type Clock,
  type EncryptedEventName,
  type Logger,
  type ReportError,
  RoomcastError,
  systemClock,
} from '@roomcast/realtime-contract';
import {
  type Environment,
  parseClientVariables,
  visibleEnvironment,
} from '@roomcast/realtime-contract/config';
import type { Outbox } from './actions/outbox.ts';
import type { EventOpener } from './encryption/eventOpener.ts';
import { PositionStorage, type PositionStorageOptions } from './positions/positionStorage.ts';
import type { Engine, EngineOptions, TransportName } from './socket-io/engine.ts';

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
   * Called before every connection and reconnection, and ahead of the token's end, to replace it
   * without a new connection. Null makes the client a guest.
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
   * Whether the server may send compressed frames. What reads them, some 3 kB, is loaded beside the
   * rest of the client.
   * @default true
   */
  readonly compression?: boolean;
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
  /**
   * The most publications of one room that are replayed after a reconnect; where more were missed,
   * the room has a gap. What your handlers can bear, in other words.
   * @default as many as the server has
   */
  readonly maxReplay?: number;
  /**
   * How long the position of a room that was left is remembered, so that it can be resumed, in
   * milliseconds. Longer than the server keeps its history is of no use.
   * @default 120_000
   */
  readonly positionRetentionMs?: number;
  /**
   * Keeps the positions of all rooms beyond the life of the client, so that a reload of the page
   * resumes them.
   * @default none
   */
  readonly storage?: PositionStorageOptions;
  /**
   * Keeps actions that are called while there is no connection; see `createOutbox`.
   * @default none: they are refused with `NOT_CONNECTED`
   */
  readonly outbox?: Outbox<ActionName<C>>;
  /**
   * Opens encrypted events; see `createEventOpener` of the subpath `/encryption`.
   * @default none; required where the contract has encrypted events
   */
  readonly opener?: EventOpener;
  /**
   * Receives what your handlers and watchers throw, why a token could not be replaced, which
   * encrypted events could not be opened and, once, why the storage cannot be used.
   * @default an error line of the logger
   */
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

/** What `createRealtimeClient` needs more where the contract has encrypted events. */
export type OpenerOption<C extends AnyContract> = [EncryptedEventName<C>] extends [never]
  ? unknown
  : { readonly opener: EventOpener };

/** The options with nothing left open. */
export interface ResolvedClientOptions {
  readonly url: string;
  readonly path: string;
  readonly namespace: string;
  readonly getToken: () => Promise<string | null>;
  readonly transports: readonly TransportName[];
  readonly compression: boolean;
  readonly connectTimeoutMs: number;
  readonly backoff: BackoffOptions;
  readonly maxAttempts: number;
  readonly maxReplay: number | null;
  readonly positionRetentionMs: number;
  readonly storage: PositionStorage | null;
  readonly outbox: Outbox | undefined;
  readonly opener: EventOpener | undefined;
  readonly report: ReportError;
  readonly clock: Clock;
  readonly random: () => number;
  readonly openEngine: OpenEngine;
}

/** Opens what carries the messages: engine.io, or what a test puts in its place. */
export type OpenEngine = (options: EngineOptions) => Engine;

/** @throws RoomcastError `INVALID_CONFIG`, naming the option */
export function resolveClientOptions<C extends AnyContract>(
  options: RealtimeClientOptions<C>,
  openEngine: OpenEngine,
): ResolvedClientOptions {
  const { getToken = () => null, logger } = options;
  const variables = parseClientVariables(options.env ?? visibleEnvironment());
  const resolved: ResolvedClientOptions = {
    url: options.url ?? variables.url ?? '',
    path: options.path || '/socket.io',
    namespace: options.namespace ?? '/',
    getToken: async () => getToken(),
    transports: options.transports ?? ['websocket', 'polling'],
    compression: options.compression ?? true,
    connectTimeoutMs: options.connectTimeoutMs ?? variables.timeout,
    backoff: { ...backoffDefaults, ...options.backoff },
    maxAttempts: options.maxAttempts ?? Number.POSITIVE_INFINITY,
    maxReplay: options.maxReplay ?? null,
    positionRetentionMs: options.positionRetentionMs ?? 120_000,
    storage: null,
    outbox: options.outbox,
    opener: options.opener,
    report:
      options.onError ??
      ((error, source) => logger?.error({ err: error, source }, 'callback failed')),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    openEngine,
  };
  assertOptions(resolved);
  const isEncrypted = Object.values(options.contract.events).some(({ encrypted }) => encrypted);
  assert('opener', !isEncrypted || resolved.opener !== undefined, 'an opener', resolved);
  return { ...resolved, storage: createStorage(options, resolved) };
}

function createStorage<C extends AnyContract>(
  { contract, storage }: RealtimeClientOptions<C>,
  { url, namespace, report }: ResolvedClientOptions,
): PositionStorage | null {
  if (!storage) return null;
  const [major = ''] = contract.version.split('.');
  return new PositionStorage(storage, [major, url, namespace], report);
}

function assertOptions({ backoff, ...options }: ResolvedClientOptions): void {
  const { url, connectTimeoutMs } = options;
  // A path would be taken for a namespace.
  const isServer = url === '' || /^(https?|wss?):\/\/[^/?#\s]+\/?$/.test(url);
  assert('url', isServer, 'an http(s) or ws(s) URL without a path', options);
  const isTime = connectTimeoutMs > 0 && connectTimeoutMs < Number.POSITIVE_INFINITY;
  assert('connectTimeoutMs', isTime, 'a positive number', options);
  assert('maxAttempts', options.maxAttempts >= 0, 'zero or more', options);
  const replay = options.maxReplay ?? 0;
  const isCount = Number.isSafeInteger(replay) && replay >= 0;
  assert('maxReplay', isCount, 'a whole number, zero or more', options);
  assert('positionRetentionMs', options.positionRetentionMs >= 0, 'zero or more', options);
  assert('namespace', options.namespace.startsWith('/'), 'a name that begins with "/"', options);
  assert('transports', options.transports.length > 0, 'a list of transports', options);
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
    `Expected \`${name}\` to be ${expected}, got \`${values[name]}\`.`,
  );
}
