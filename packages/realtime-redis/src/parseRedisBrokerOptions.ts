import type { HistoryBounds, LatestBounds } from '@roomcast/realtime-broker';
import { assertWhole, parseRoomBounds, type RoomBounds } from '@roomcast/realtime-broker/log';
import { type BackoffOptions, RoomcastError, systemClock } from '@roomcast/realtime-contract';
import type { RedisBrokerOptions } from './redisBrokerOptions.ts';

/** The options with nothing left out. */
export interface RedisBrokerSettings
  extends Required<Omit<RedisBrokerOptions, 'cluster'>>,
    RoomBounds {
  /** Where to ask for the masters of a cluster; null for the one server at `url`. */
  readonly clusterNodes: readonly [string, ...string[]] | null;
  readonly history: HistoryBounds;
  readonly latest: LatestBounds;
  readonly backoff: BackoffOptions;
}

const defaults = {
  url: 'redis://127.0.0.1:6379',
  client: {},
  keyPrefix: 'roomcast',
  forgetAfterMs: 7 * 24 * 60 * 60_000,
  timeoutMs: 5_000,
  whileAway: 'fail',
  maxWaitingBytes: 16_777_216,
  trustsPersistence: false,
  probeIntervalMs: 1_000,
  probeTimeoutMs: 3_000,
  compareIntervalMs: 30_000,
  clock: systemClock,
  onError: () => {},
} as const satisfies RedisBrokerOptions;

const backoffOfRedis: BackoffOptions = { minDelayMs: 50, maxDelayMs: 2_000, jitter: 1 };

/** Redis counts expiries in milliseconds since 1970 and refuses what overflows that. */
const maxForgetAfterMs = 1_000 * 365 * 24 * 60 * 60_000;

/** @throws RoomcastError `INVALID_CONFIG` */
export function parseRedisBrokerOptions(options: RedisBrokerOptions): RedisBrokerSettings {
  const backoff = { ...backoffOfRedis, ...options.backoff };
  const { cluster, ...rest } = options;
  const clusterNodes = cluster ? parseNodes(cluster.nodes, options.url) : null;
  const settings = { ...defaults, ...rest, ...parseRoomBounds(options), backoff, clusterNodes };
  const { keyPrefix, whileAway, forgetAfterMs } = settings;
  assertWhole('forgetAfterMs', forgetAfterMs, 120_000);
  assertWhole('timeoutMs', settings.timeoutMs, 1);
  assertWhole('maxWaitingBytes', settings.maxWaitingBytes, 0);
  assertWhole('probeIntervalMs', settings.probeIntervalMs, 1);
  assertWhole('probeTimeoutMs', settings.probeTimeoutMs, 1);
  assertWhole('compareIntervalMs', settings.compareIntervalMs, 1);
  if (keyPrefix === '' || /[{}]/.test(keyPrefix)) {
    refuse('keyPrefix', 'a text without braces that is not empty', keyPrefix);
  }
  if (whileAway !== 'fail' && whileAway !== 'wait') {
    refuse('whileAway', '"fail" or "wait"', whileAway);
  }
  return { ...settings, forgetAfterMs: Math.min(forgetAfterMs, maxForgetAfterMs) };
}

function parseNodes(nodes: readonly string[], url: string | undefined): [string, ...string[]] {
  if (url !== undefined) {
    throw new RoomcastError(
      'INVALID_CONFIG',
      'Expected either `url`, for one server, or `cluster`, got both. Leave one of them out.',
    );
  }
  for (const node of nodes) {
    const isDatabaseZero = /^rediss?:\/\/[^/]+(\/0?)?$/.test(node);
    if (!isDatabaseZero) {
      refuse('cluster.nodes', 'urls as redis://host:port, a cluster has no other databases', node);
    }
  }
  const [first, ...others] = nodes;
  if (first === undefined) refuse('cluster.nodes', 'one url or more', '');
  return [first, ...others];
}

function refuse(name: string, expected: string, value: unknown): never {
  throw new RoomcastError(
    'INVALID_CONFIG',
    `Expected \`${name}\` to be ${expected}, got "${value}".`,
  );
}
