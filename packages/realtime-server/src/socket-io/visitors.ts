import type { IncomingMessage } from 'node:http';
import type { Clock, Logger, Metrics } from '@roomcast/realtime-contract';
import type { Server, Socket } from 'socket.io';
import { AddressRanges } from '../limits/addressRanges.ts';
import { addressKey, clientAddress } from '../limits/clientAddress.ts';
import type { HandshakeRates } from '../limits/handshakeRates.ts';
import type { LimitSettings } from '../limits/limitOptions.ts';
import { Visitor } from '../limits/visitor.ts';
import { refuseRequest } from './refuseRequest.ts';
import { SilentConnections } from './silentConnections.ts';
import { terminate } from './terminate.ts';

type EngineConnection = Socket['conn'];

export interface VisitorsOptions {
  readonly limits: LimitSettings;
  readonly rates: HandshakeRates;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** What a packet of the engine looks like to those who only count. */
interface Packet {
  readonly type: string;
  readonly data?: unknown;
}

/** How packets of Socket.IO begin. */
const [connect, event, binaryEvent] = ['0', '2', '5'] as const;

/** For so many messages a CONNECT counts: it costs the server much more than to read it. */
const connectCost = 25;

/** Knows who is at the other end of each connection, and ends those that send far too much. */
export class Visitors {
  readonly #options: VisitorsOptions;
  readonly #trustedProxies: AddressRanges;
  readonly #unlimited: AddressRanges;
  readonly #byRequest = new WeakMap<IncomingMessage, Visitor>();
  readonly #byConnection = new WeakMap<EngineConnection, Visitor>();
  readonly #silent: SilentConnections;
  #hasWarned = false;

  constructor({ engine }: Server, options: VisitorsOptions) {
    const { limits, clock } = options;
    this.#options = options;
    this.#trustedProxies = new AddressRanges(limits.trustedProxies);
    this.#unlimited = new AddressRanges(limits.unlimitedAddresses);
    this.#silent = new SilentConnections({
      ...{ clock, timeoutMs: limits.anonymousTimeoutMs, limit: limits.maxConnectionsPerAddress },
      onTimeout: (conn) => this.#end(conn, 'anonymous'),
    });
    engine.use((request: IncomingMessage, response: unknown, next: () => void) => {
      if (isHandshake(request)) void this.#receive(request, response, next);
      else next();
    });
    engine.on('connection', (conn: EngineConnection) => {
      const visitor = this.of(conn);
      this.#silent.opened(conn, visitor);
      if (visitor.address !== null) this.#listen(conn);
    });
  }

  of(conn: EngineConnection): Visitor {
    const known = this.#byConnection.get(conn);
    if (known) return known;
    const { request } = conn;
    const visitor = this.#byRequest.get(request) ?? new Visitor(null);
    this.#byConnection.set(conn, visitor);
    // The engine keeps the request as long as the connection.
    this.#byRequest.delete(request);
    return visitor;
  }

  /** It has said who it wants to be. */
  spoke(conn: EngineConnection): void {
    this.#silent.spoke(conn);
  }

  /** It was refused, and has some time to go by itself. */
  refused(conn: EngineConnection): void {
    this.#silent.watch(conn);
  }

  async #receive(request: IncomingMessage, response: unknown, next: () => void): Promise<void> {
    const address = this.#addressOf(request);
    if (address === null) {
      next();
      return;
    }
    const { metrics, rates } = this.#options;
    const { refusal, isTurnedAway } = await rates.judge(address);
    if (refusal) metrics.count('roomcast_limited_total', { limit: 'handshakes' });
    const visitor = new Visitor(address, refusal);
    const error = isTurnedAway ? refusal : this.#silent.expect(visitor);
    if (error) {
      refuseRequest(request, response, 429, error);
      return;
    }
    this.#byRequest.set(request, visitor);
    next();
  }

  /** Who shares the limits of a request; null where none is for it. */
  #addressOf(request: IncomingMessage): string | null {
    const { limits, logger } = this.#options;
    const { forwardedHeader } = limits;
    const address = clientAddress(request, {
      trustedProxies: this.#trustedProxies,
      forwardedHeader,
    });
    const isProxied = address === request.socket.remoteAddress && request.headers[forwardedHeader];
    if (isProxied && !this.#hasWarned && !this.#trustedProxies.contains(address)) {
      this.#hasWarned = true;
      logger.warn(
        { address },
        `a request came with \`${forwardedHeader}\` from an address that is not among \`limits.trustedProxies\`: if that is your proxy, all clients behind it share one limit`,
      );
    }
    return this.#unlimited.contains(address) ? null : addressKey(address);
  }

  /**
   * Hears the packets at the transport, where somebody listens for them already. At the connection it
   * would be a fourth name in its table of listeners, which then becomes a larger one.
   */
  #listen(conn: EngineConnection): void {
    const onPacket = this.#hear.bind(this, conn);
    conn.transport.prependListener('packet', onPacket);
    if (conn.transport.name !== 'polling') return;
    conn.once('upgrade', (transport: EngineConnection['transport']) => {
      transport.prependListener('packet', onPacket);
    });
  }

  #hear(conn: EngineConnection, { data }: Packet): void {
    const { limits, clock } = this.#options;
    const visitor = this.of(conn);
    const bytes = typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0;
    const kind = typeof data === 'string' ? data[0] : undefined;
    visitor.take(kind === connect ? connectCost : 1, bytes, limits, clock.now());
    const ofUserMs = visitor.listener?.heard(bytes) ?? 0;
    const isWithin = ofUserMs === 0 && visitor.waitMs(limits, clock.now()) === 0;
    if (isWithin && (kind === event || kind === binaryEvent)) visitor.grant();
    if (!visitor.isExcessive(limits, clock.now())) return;
    if (visitor.address !== null) this.#options.rates.penalise(visitor.address);
    if (visitor.listener) visitor.listener.cutOff();
    else this.#end(conn, 'messages');
  }

  #end(conn: EngineConnection, limit: 'anonymous' | 'messages'): void {
    this.#options.metrics.count('roomcast_limited_total', { limit });
    terminate(conn);
  }
}

/** Whether a request opens a connection; others name the one that they are of. */
function isHandshake(request: IncomingMessage): boolean {
  const { _query } = request as { readonly _query?: { readonly sid?: string } };
  return !_query?.sid;
}
