import type { RateCounter } from '@roomcast/realtime-broker';
import type { ForwardedHeader } from './clientAddress.ts';

/** What one client, one user or one address may have and do. */
export interface LimitOptions {
  /**
   * The proxies in front of the server: addresses, ranges such as `10.0.0.0/8`, or `loopback`. Only
   * what they say in `forwardedHeader` is believed; everybody else is known by the socket's address.
   * @default none
   */
  readonly trustedProxies?: readonly string[];
  /**
   * The header in which the trusted proxies say for whom they ask. They have to write it themselves,
   * or clients do.
   * @default 'x-forwarded-for'
   */
  readonly forwardedHeader?: ForwardedHeader;
  /**
   * Addresses, ranges or `loopback` that no limit of connections, handshakes and messages is for,
   * such as those of a load test.
   * @default none
   */
  readonly unlimitedAddresses?: readonly string[];
  /**
   * The most connections from one address (of IPv6, one /64 network) on this node. An office or a
   * mobile network may have many people behind one.
   * @default 1_000
   */
  readonly maxConnectionsPerAddress?: number;
  /** The most connections of one user on this node. @default 50 */
  readonly maxConnectionsPerUser?: number;
  /** How many connections one address may open a second, on average over 10 s. @default 100 */
  readonly handshakesPerSecond?: number;
  /**
   * How long a connection may be nobody's, in milliseconds: before it has sent its CONNECT, or as a
   * guest in no room. Guests in no room stay where the contract has an action for them.
   * @default 4_500
   */
  readonly anonymousTimeoutMs?: number;
  /** How many messages one connection may send a second. @default 100 */
  readonly messagesPerSecond?: number;
  /** How many bytes one connection may send a second. @default 262_144 */
  readonly bytesPerSecond?: number;
  /** How many messages all connections of one user may send a second. @default 200 */
  readonly messagesPerSecondOfUser?: number;
  /** How many bytes all connections of one user may send a second. @default 524_288 */
  readonly bytesPerSecondOfUser?: number;
  /**
   * How many seconds' worth of messages and bytes may come at once. Half as much beyond is refused
   * with `RATE_LIMITED`, and whoever goes on is cut off.
   * @default 5
   */
  readonly burstSeconds?: number;
  /** How many messages an event counts for, by its name on the wire. @default 1 for each */
  readonly costs?: Readonly<Record<string, number>>;
  /** How deep the data of an event may be nested. @default 32 */
  readonly maxDepth?: number;
  /** How many keys and items the data of an event may have in all. @default 10_000 */
  readonly maxKeys?: number;
  /** How long a request may take to send its headers, on an http server of the manager's own. @default 5_000 */
  readonly headersTimeoutMs?: number;
  /** How long a request may take to arrive, on an http server of the manager's own. @default 10_000 */
  readonly requestTimeoutMs?: number;
  /**
   * Counts handshakes of addresses and messages of users for all nodes that share it. While it cannot
   * be asked, each node counts for itself. One that is passed in is not closed by the manager.
   * @default each node counts for itself
   */
  readonly rateCounter?: RateCounter;
}

/** The options with nothing left open. */
export type LimitSettings = Required<Omit<LimitOptions, 'rateCounter'>> & {
  /** Null where this node counts for itself. */
  readonly rateCounter: RateCounter | null;
};

const defaults: LimitSettings = {
  trustedProxies: [],
  forwardedHeader: 'x-forwarded-for',
  unlimitedAddresses: [],
  maxConnectionsPerAddress: 1_000,
  maxConnectionsPerUser: 50,
  handshakesPerSecond: 100,
  anonymousTimeoutMs: 4_500,
  messagesPerSecond: 100,
  bytesPerSecond: 262_144,
  messagesPerSecondOfUser: 200,
  bytesPerSecondOfUser: 524_288,
  burstSeconds: 5,
  costs: {},
  maxDepth: 32,
  maxKeys: 10_000,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  rateCounter: null,
};

export function resolveLimitOptions(options: LimitOptions = {}): LimitSettings {
  return { ...defaults, ...options };
}
