import type { HistoryBounds, LatestBounds } from '@roomcast/realtime-broker';
import type { BackoffOptions, Clock, ReportError } from '@roomcast/realtime-contract';
import type { RedisClientOptions } from 'redis';

/** A Redis Cluster, whose masters share the rooms. */
export interface RedisClusterOptions {
  /**
   * Urls of some of its servers, in the form of {@link RedisBrokerOptions.url}; one that answers is
   * enough to find the others. Credentials and TLS of the first are used for all of them.
   */
  readonly nodes: readonly string[];
}

export interface RedisBrokerOptions {
  /**
   * Where Redis is: `redis[s]://[[username][:password]@][host][:port][/db]`.
   * @default 'redis://127.0.0.1:6379'
   */
  readonly url?: string;
  /** A cluster in place of `url`; its masters are found by themselves. @default a single server */
  readonly cluster?: RedisClusterOptions;
  /**
   * Anything else that node-redis is to know: TLS, credentials, a socket. What the broker decides by
   * itself is not looked at: reconnecting, the offline queue, the protocol and scripts.
   * @default {}
   */
  readonly client?: RedisClientOptions;
  /**
   * What all keys and channels begin with. Without braces, which are the room's.
   * @default 'roomcast'
   */
  readonly keyPrefix?: string;
  /** How much of each room's `reliable` publications is kept. @default {@link HistoryBounds} */
  readonly history?: Partial<HistoryBounds>;
  /** How many `latest` values of each room are kept. @default {@link LatestBounds} */
  readonly latest?: Partial<LatestBounds>;
  /**
   * After how long a room that nobody publishes to, reads or follows is forgotten, in milliseconds;
   * it begins a new epoch when it is used again. Of 120,000 or more.
   * @default 604_800_000
   */
  readonly forgetAfterMs?: number;
  /**
   * How long a call may take, and connecting, in milliseconds.
   * @default 5_000
   */
  readonly timeoutMs?: number;
  /**
   * What becomes of publishes while Redis is away: `fail` lets them wait for `timeoutMs` and then
   * rejects, `wait` keeps them until Redis is back. Both keep the order of the calls.
   * @default 'fail'
   */
  readonly whileAway?: 'fail' | 'wait';
  /**
   * The most bytes of payload that wait while Redis is away; what is beyond is rejected at once.
   * @default 16_777_216
   */
  readonly maxWaitingBytes?: number;
  /**
   * Whether what a restarted Redis brings back is all that it ever acknowledged, as with
   * `appendfsync always`. Otherwise each restart begins a new epoch of every room.
   * @default false
   */
  readonly trustsPersistence?: boolean;
  /**
   * The delays between attempts to connect.
   * @default { minDelayMs: 50, maxDelayMs: 2_000, jitter: 1 }
   */
  readonly backoff?: Partial<BackoffOptions>;
  /**
   * How often a message is sent through both connections, in milliseconds.
   * @default 1_000
   */
  readonly probeIntervalMs?: number;
  /**
   * How long that message may take before the connection that it was lost on is made anew, in
   * milliseconds.
   * @default 3_000
   */
  readonly probeTimeoutMs?: number;
  /**
   * How often the position of each followed room is compared with the log's, in milliseconds.
   * @default 30_000
   */
  readonly compareIntervalMs?: number;
  /** Gives `publishedAtMs` and the age of history and idempotency keys. @default the machine's clock */
  readonly clock?: Clock;
  /** Receives what a listener throws, and why a connection was lost. @default ignored */
  readonly onError?: ReportError;
}
