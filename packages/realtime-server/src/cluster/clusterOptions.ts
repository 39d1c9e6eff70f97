import { hostname } from 'node:os';
import type { Broker, HistoryBounds, LatestBounds } from '@roomcast/realtime-broker';
import { RoomcastError } from '@roomcast/realtime-contract';

/** What a control log has to keep, in the terms of a broker's options. */
export interface ControlLogBounds {
  readonly history: HistoryBounds;
  readonly latest: LatestBounds;
  readonly forgetAfterMs: number;
}

/** How several nodes act as one. */
export interface ClusterOptions {
  /**
   * Opens the log through which the nodes of a cluster control each other: a broker that all of them
   * share, beside the one of the rooms, with these bounds. It is closed with the manager.
   *
   * @example
   * openLog: (bounds) => createRedisBroker({ url: process.env.REDIS_URL, ...bounds })
   */
  openLog(bounds: ControlLogBounds): Broker;
  /**
   * Names this node for people; need not be unique.
   * @default host and process id
   */
  readonly nodeName?: string;
  /** How often a node gives a sign of life, in milliseconds. @default 1_000 */
  readonly heartbeatIntervalMs?: number;
  /**
   * How long a node that gives no sign of life is counted as one, in milliseconds; at least twice
   * `heartbeatIntervalMs`.
   * @default 4_000
   */
  readonly leaseMs?: number;
  /** How long an answer of all nodes is waited for, in milliseconds. @default 1_000 */
  readonly answerTimeoutMs?: number;
  /**
   * How many revocations the log keeps. From as many in force at once on, nodes that start may not
   * know the oldest, and `onError` gets `LIMIT_EXCEEDED`.
   * @default 100_000
   */
  readonly maxRevocations?: number;
}

/** The options with nothing left out. */
export type ClusterSettings = Required<ClusterOptions>;

/** @throws RoomcastError `INVALID_CONFIG` */
export function resolveClusterOptions(options: ClusterOptions): ClusterSettings {
  const settings = {
    nodeName: `${hostname()}:${process.pid}`,
    heartbeatIntervalMs: 1_000,
    leaseMs: 4_000,
    answerTimeoutMs: 1_000,
    maxRevocations: 100_000,
    ...options,
  };
  for (const name of ['heartbeatIntervalMs', 'answerTimeoutMs', 'maxRevocations'] as const) {
    if (!Number.isSafeInteger(settings[name]) || settings[name] < 1) {
      throw invalid(name, 'a whole number of 1 or more', settings[name]);
    }
  }
  if (!(settings.leaseMs >= 2 * settings.heartbeatIntervalMs)) {
    throw invalid('leaseMs', 'at least twice `cluster.heartbeatIntervalMs`', settings.leaseMs);
  }
  if (typeof settings.openLog !== 'function') {
    throw invalid('openLog', 'a function that opens a broker', settings.openLog);
  }
  return settings;
}

/** So many commands, and for so long, a node may have missed and yet do them all. */
const history = { maxPublications: 10_000, maxAgeMs: 10 * 60_000, maxBytes: 64 * 1_048_576 };

/** An id of a user or of a token is never as long. */
const maxBytesEach = 16_384;

export function controlLogBounds(
  { maxRevocations }: ClusterSettings,
  revocationRetentionMs: number,
): ControlLogBounds {
  return {
    history,
    // The longest unchanged go first, which are those whose time is over.
    latest: { maxKeys: maxRevocations, maxBytes: maxRevocations * maxBytesEach },
    forgetAfterMs: Math.max(revocationRetentionMs, history.maxAgeMs),
  };
}

function invalid(name: string, expected: string, actual: unknown): RoomcastError {
  return new RoomcastError(
    'INVALID_CONFIG',
    `Expected \`cluster.${name}\` to be ${expected}, got \`${String(actual)}\`.`,
  );
}
