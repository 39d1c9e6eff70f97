import type { Server as HttpServer } from 'node:http';
import type { Broker, CallLedger, PresenceStore } from '@roomcast/realtime-broker';
import type {
  AnyContract,
  Clock,
  Logger,
  Metrics,
  ReportError,
  RoomKind,
} from '@roomcast/realtime-contract';
import type { Environment, TransportName } from '@roomcast/realtime-contract/config';
import type { ActionHandlers } from '../actions/actionHandler.ts';
import type { ClusterOptions } from '../cluster/clusterOptions.ts';
import type { LimitOptions } from '../limits/limitOptions.ts';
import type { HealthPaths } from '../operations/healthRoutes.ts';
import type { Authorise } from '../rooms/roomAuthoriser.ts';
import type { Authenticate } from '../session/authenticate.ts';

/** The options of a {@link WebSocketManager}. Only the contract is required. */
export interface WebSocketManagerOptions<C extends AnyContract> {
  readonly contract: C;
  /**
   * The http server to attach to. `close()` ends its sockets but leaves the server itself open.
   * @default one of the manager's own, opened by `listen()` and closed by `close()`
   */
  readonly server?: HttpServer;
  /**
   * Where `GET` and `HEAD` are answered with how the manager is, as JSON; `true` for `/healthz` and
   * `/readyz`. On a server that is passed in, whoever listened on it before goes on with the rest.
   * @default `true` on a server of the manager's own, `false` on one that is passed in
   */
  readonly healthPaths?: HealthPaths | boolean;
  /**
   * The Socket.IO namespace; several managers share an http server when each has its own.
   * @default '/'
   */
  readonly namespace?: string;
  /** @default '/socket.io' */
  readonly path?: string;
  /**
   * The log. A broker that is passed in is not closed by the manager.
   * @default an in-memory log
   */
  readonly broker?: Broker;
  /** Turns a token into a user. Without it every token is refused and everybody is a guest. */
  readonly authenticate?: Authenticate;
  /** Admits sessions to rooms with `authorised` access. @default admits nobody */
  readonly authorise?: Authorise<RoomKind<C>>;
  readonly actions?: ActionHandlers<C>;
  /**
   * Remembers calls of actions that have a key, so that each is done once; one that several nodes
   * share does so across them. A ledger that is passed in is not closed by the manager.
   * @default one in memory: what it remembers ends with the manager
   */
  readonly callLedger?: CallLedger;
  /**
   * Makes several nodes one: what `manager.sessions` and `manager.rooms` do is done on all of them,
   * `manager.cluster` tells of all of them, and a client that comes back to another node leaves nothing
   * behind on the last. The nodes need a shared `broker` too.
   * @default this node is alone
   */
  readonly cluster?: ClusterOptions;
  /**
   * Knows who is present in the rooms; one that several nodes share does so across them. A store that
   * is passed in is not closed by the manager.
   * @default one in memory
   */
  readonly presenceStore?: PresenceStore;
  /**
   * How long somebody whose connection was lost stays present, in milliseconds: whoever is back by
   * then was never gone for the others.
   * @default 5_000
   */
  readonly presenceGraceMs?: number;
  /**
   * How long changes of who is present in a room are gathered before its members are told, in
   * milliseconds.
   * @default 100
   */
  readonly presenceWindowMs?: number;
  /**
   * The origins whose pages may connect, exact (`https://example.com`) or `'same-origin'`.
   * @default those of `WS_CORS_ORIGIN` or `NEXT_PUBLIC_APP_URL`, otherwise `['same-origin']`
   */
  readonly origins?: readonly string[];
  /** @default ['websocket', 'polling'] */
  readonly transports?: readonly TransportName[];
  /**
   * The most rooms that one session may be in, its automatic ones included. Further ones are
   * refused with `LIMIT_EXCEEDED`; the automatic ones never are.
   * @default 130
   */
  readonly maxRoomsPerSession?: number;
  /**
   * How much of the log may be replayed to one user, or to one guest's connection, in a minute, in
   * bytes. What is beyond it is a gap with the reason `limit`.
   * @default 8_388_608
   */
  readonly replayBytesPerMinute?: number;
  /**
   * How long publications that follow another one in the same room are gathered, in milliseconds;
   * up to four times as long while there are many. The first after a quiet moment never waits. 0
   * turns it off.
   * @default 4
   */
  readonly batchWindowMs?: number;
  /**
   * Whether frames are compressed for clients that read that: each once, however many get it.
   * @default true
   */
  readonly compressFrames?: boolean;
  /**
   * The most that may wait to be written to one connection, in bytes. A client that is slower is
   * caught up from the log once it has taken that; `volatile` publications are dropped from
   * 65,536 bytes on.
   * @default 1_048_576
   */
  readonly maxQueueBytes?: number;
  /**
   * How long a connection that something waits for may take none of it, in milliseconds; then it
   * is closed, and its client may come back and resume.
   * @default 10_000
   */
  readonly stallTimeoutMs?: number;
  /**
   * How long a connection whose token is over waits for another one, in milliseconds. Nothing is
   * delivered meanwhile.
   * @default 25_000
   */
  readonly tokenGraceMs?: number;
  /**
   * How long a revoked token or user is remembered, in milliseconds: at least as long as the
   * longest token lives.
   * @default 86_400_000
   */
  readonly revocationRetentionMs?: number;
  /** What one client, one user or one address may have and do; see `LimitOptions`. */
  readonly limits?: LimitOptions;
  /** The most connections at once. @default `WS_MAX_CONNECTIONS`, otherwise Infinity */
  readonly maxConnections?: number;
  /** Between two pings, in milliseconds. @default `WS_HEARTBEAT_INTERVAL`, otherwise 25_000 */
  readonly heartbeatIntervalMs?: number;
  /**
   * How long a ping may go unanswered before the connection is closed, in milliseconds; a client that
   * hears no ping for this and `heartbeatIntervalMs` connects anew. Shorter finds dead networks
   * sooner, and costs the connections of machines that are busy for as long.
   * @default 60_000
   */
  readonly heartbeatTimeoutMs?: number;
  /** The most a handshake may take. @default `WS_CONNECTION_TIMEOUT`, otherwise 20_000 */
  readonly connectionTimeoutMs?: number;
  /** The most `authenticate` may take; never more than `connectionTimeoutMs`. @default 5_000 */
  readonly authenticationTimeoutMs?: number;
  /** The most `authorise` may take; the rooms are refused when it is over. @default 5_000 */
  readonly authorisationTimeoutMs?: number;
  /** The most an action handler, or the schema of a presence, may take. @default 10_000 */
  readonly actionTimeoutMs?: number;
  /** The largest message that a client may send, in bytes. @default 65_536 */
  readonly maxMessageBytes?: number;
  /**
   * Whether what the server sends is checked against its schema too.
   * @default true unless `NODE_ENV` is `production`
   */
  readonly validateOutput?: boolean;
  /** The environment variables to read. @default process.env */
  readonly env?: Environment;
  /** @default silent */
  readonly logger?: Logger;
  /** @default silent */
  readonly metrics?: Metrics;
  /** @default the machine's clock */
  readonly clock?: Clock;
  /** Receives what your callbacks throw. @default an error line of the logger */
  readonly onError?: ReportError;
}
