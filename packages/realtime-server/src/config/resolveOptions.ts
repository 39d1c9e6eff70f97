import {
  type AnyContract,
  type Clock,
  type Logger,
  type Metrics,
  type ReportError,
  RoomcastError,
  silentLogger,
  silentMetrics,
  systemClock,
} from '@roomcast/realtime-contract';
import { parseConfig, type TransportName } from '@roomcast/realtime-contract/config';
import { createReport } from '../callbacks/createReport.ts';
import { guardLogger } from '../callbacks/guardLogger.ts';
import { guardMetrics } from '../callbacks/guardMetrics.ts';
import { type ClusterSettings, resolveClusterOptions } from '../cluster/clusterOptions.ts';
import { assertLimits } from '../limits/assertLimits.ts';
import { type LimitSettings, resolveLimitOptions } from '../limits/limitOptions.ts';
import type { HealthPaths } from '../operations/healthRoutes.ts';
import type { Authorise } from '../rooms/roomAuthoriser.ts';
import type { Authenticate } from '../session/authenticate.ts';
import type { WebSocketManagerOptions } from './managerOptions.ts';

/** The options with nothing left open: given ones first, then the environment, then defaults. */
export interface ResolvedOptions {
  readonly port: number;
  readonly namespace: string;
  readonly path: string;
  /** Null where nothing is answered. */
  readonly healthPaths: Required<HealthPaths> | null;
  readonly origins: readonly string[];
  readonly transports: readonly TransportName[];
  readonly maxConnections: number;
  readonly limits: LimitSettings;
  readonly heartbeatIntervalMs: number;
  readonly heartbeatTimeoutMs: number;
  readonly connectionTimeoutMs: number;
  readonly authenticationTimeoutMs: number;
  readonly authorisationTimeoutMs: number;
  readonly actionTimeoutMs: number;
  readonly maxMessageBytes: number;
  readonly maxRoomsPerSession: number;
  readonly replayBytesPerMinute: number;
  readonly batchWindowMs: number;
  readonly compressFrames: boolean;
  readonly maxQueueBytes: number;
  readonly stallTimeoutMs: number;
  readonly tokenGraceMs: number;
  readonly presenceGraceMs: number;
  readonly presenceWindowMs: number;
  readonly revocationRetentionMs: number;
  readonly validateOutput: boolean;
  /** Null where this node is alone. */
  readonly cluster: ClusterSettings | null;
  readonly authenticate: Authenticate;
  readonly authorise: Authorise;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly report: ReportError;
}

/**
 * @throws InvalidConfigError for environment variables, RoomcastError `INVALID_CONFIG` for options
 */
export function resolveOptions<C extends AnyContract>(
  options: WebSocketManagerOptions<C>,
): ResolvedOptions {
  const env = options.env ?? process.env;
  const { server } = parseConfig(env);
  const logger = options.logger ?? silentLogger;
  const report = createReport(options.onError, logger);
  const connectionTimeoutMs = options.connectionTimeoutMs ?? server.connectionTimeout;
  const configured = server.cors.origin;
  const resolved: ResolvedOptions = {
    port: server.port,
    namespace: options.namespace ?? '/',
    path: options.path ?? '/socket.io',
    healthPaths: resolveHealthPaths(options.healthPaths ?? options.server === undefined),
    origins: options.origins ?? (configured.length > 0 ? configured : ['same-origin']),
    transports: options.transports ?? server.transports,
    maxConnections: options.maxConnections ?? server.maxConnections,
    limits: resolveLimitOptions(options.limits),
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? server.pingInterval,
    heartbeatTimeoutMs: options.heartbeatTimeoutMs ?? server.pingTimeout,
    connectionTimeoutMs,
    authenticationTimeoutMs: Math.min(
      options.authenticationTimeoutMs ?? 5_000,
      connectionTimeoutMs,
    ),
    authorisationTimeoutMs: options.authorisationTimeoutMs ?? 5_000,
    actionTimeoutMs: options.actionTimeoutMs ?? 10_000,
    maxMessageBytes: options.maxMessageBytes ?? 65_536,
    maxRoomsPerSession: options.maxRoomsPerSession ?? 130,
    replayBytesPerMinute: options.replayBytesPerMinute ?? 8_388_608,
    batchWindowMs: options.batchWindowMs ?? 4,
    compressFrames: options.compressFrames ?? true,
    maxQueueBytes: options.maxQueueBytes ?? 1_048_576,
    stallTimeoutMs: options.stallTimeoutMs ?? 10_000,
    tokenGraceMs: options.tokenGraceMs ?? 25_000,
    presenceGraceMs: options.presenceGraceMs ?? 5_000,
    presenceWindowMs: options.presenceWindowMs ?? 100,
    revocationRetentionMs: options.revocationRetentionMs ?? 86_400_000,
    validateOutput: options.validateOutput ?? env.NODE_ENV !== 'production',
    cluster: options.cluster ? resolveClusterOptions(options.cluster) : null,
    authenticate: options.authenticate ?? refuseEveryToken,
    authorise: (options.authorise ?? refuseEveryRoom) as Authorise,
    logger: guardLogger(logger, report),
    metrics: guardMetrics(options.metrics ?? silentMetrics, report),
    clock: options.clock ?? systemClock,
    report,
  };
  assertOptions(resolved);
  return resolved;
}

function resolveHealthPaths(paths: HealthPaths | boolean): Required<HealthPaths> | null {
  if (paths === false) return null;
  return { live: '/healthz', ready: '/readyz', ...(paths === true ? {} : paths) };
}

const transportNames: readonly TransportName[] = ['websocket', 'polling'];

async function refuseEveryToken(): Promise<never> {
  throw new RoomcastError('AUTHENTICATION_FAILED', 'This server has no `authenticate` option.');
}

function refuseEveryRoom(_session: unknown, rooms: readonly unknown[]): boolean[] {
  return rooms.map(() => false);
}

/** The longest time that a timer of the platform can hold: 2^31 − 1 ms, 24.8 days. */
const maxMs = 2_147_483_647;

function assertOptions(options: ResolvedOptions): void {
  assertLimits(options.limits);
  const durations = [
    'heartbeatIntervalMs',
    'heartbeatTimeoutMs',
    'connectionTimeoutMs',
    'authenticationTimeoutMs',
    'authorisationTimeoutMs',
    'actionTimeoutMs',
    'stallTimeoutMs',
    'tokenGraceMs',
    'presenceGraceMs',
    'presenceWindowMs',
    'revocationRetentionMs',
  ] as const;
  for (const name of durations) {
    const value = options[name];
    // A longer timer fires at once.
    if (!(value > 0 && value <= maxMs)) throw invalid(name, `from 1 to ${maxMs}`, value);
  }
  const limits = [
    'maxConnections',
    'maxMessageBytes',
    'maxRoomsPerSession',
    'replayBytesPerMinute',
    'maxQueueBytes',
  ] as const;
  for (const name of limits) {
    if (!(options[name] > 0)) throw invalid(name, 'a positive number', options[name]);
  }
  const { transports } = options;
  if (transports.length === 0 || !transports.every((name) => transportNames.includes(name))) {
    throw invalid('transports', '"websocket", "polling" or both', transports);
  }
  if (!options.namespace.startsWith('/')) {
    throw invalid('namespace', 'to begin with "/"', options.namespace);
  }
  if (!options.path.startsWith('/')) throw invalid('path', 'to begin with "/"', options.path);
  for (const [name, path] of Object.entries(options.healthPaths ?? {})) {
    if (!path.startsWith('/')) throw invalid(`healthPaths.${name}`, 'to begin with "/"', path);
  }
  for (const origin of options.origins) {
    if (origin === 'same-origin') continue;
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw invalid('origins', 'exact origins such as "https://example.com"', origin);
    }
  }
}

function invalid(name: string, expected: string, actual: unknown): RoomcastError {
  return new RoomcastError(
    'INVALID_CONFIG',
    `Expected \`${name}\` to be ${expected}, got \`${String(actual)}\`.`,
  );
}
