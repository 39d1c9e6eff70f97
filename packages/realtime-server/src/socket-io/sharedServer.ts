import type { Server as HttpServer, IncomingMessage } from 'node:http';
import {
  type Clock,
  type Logger,
  type Metrics,
  type ReportError,
  RoomcastError,
} from '@roomcast/realtime-contract';
import { Server, type Socket } from 'socket.io';
import { createId } from '../createId.ts';
import { HandshakeRates } from '../limits/handshakeRates.ts';
import { InsuredCounter } from '../limits/insuredCounter.ts';
import type { LimitSettings } from '../limits/limitOptions.ts';
import { type Admit, installConnectGate } from './connectGate.ts';
import { forgetUpgrade } from './forgetHandshake.ts';
import { holdWrites } from './heldWrites.ts';
import { createOriginGuard } from './originGuard.ts';
import { refuseWithoutUpgrade } from './upgradeGuard.ts';
import { Visitors } from './visitors.ts';

/** What all managers on one http server share. */
export interface SocketServerOptions {
  readonly path: string;
  readonly origins: readonly string[];
  readonly transports: readonly ('websocket' | 'polling')[];
  readonly pingTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly connectionTimeoutMs: number;
  readonly maxMessageBytes: number;
  readonly limits: LimitSettings;
}

/** What the first of them brings for all. */
export interface SharedServerHost {
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly report: ReportError;
}

/** The Socket.IO server on an http server, and who owns which of its namespaces. */
export interface SharedServer {
  readonly io: Server;
  /** The options it was made with, to be compared. */
  readonly options: string;
  /** The namespaces that have an owner now. */
  readonly owned: Set<string>;
  /** Who decides in a namespace. Without an owner that is somebody who refuses. */
  readonly admits: Map<string, Admit>;
  readonly visitors: Visitors;
  /** Closes every connection, also those that are in no namespace yet. */
  closeConnections(): void;
}

const sharedServers = new WeakMap<HttpServer, SharedServer>();

/** The Socket.IO server on an http server; the first to ask creates it. */
export function shareServer(
  httpServer: HttpServer,
  options: SocketServerOptions,
  host: SharedServerHost,
): SharedServer {
  const shared = sharedServers.get(httpServer) ?? createSharedServer(httpServer, options, host);
  sharedServers.set(httpServer, shared);
  return shared;
}

/** Gives a namespace to the one who decides in it from now on. */
export function setAdmit(shared: SharedServer, name: string, admit: Admit): void {
  const isGated = shared.admits.has(name);
  shared.admits.set(name, admit);
  if (!isGated) {
    const findAdmit = () => shared.admits.get(name) ?? refuseUnserved;
    const isOnlyOne = () => shared.owned.size === 1;
    installConnectGate(shared.io.of(name), findAdmit, isOnlyOne, shared.visitors);
  }
}

function createSharedServer(
  httpServer: HttpServer,
  options: SocketServerOptions,
  host: SharedServerHost,
): SharedServer {
  const io = new Server(httpServer, {
    path: options.path,
    transports: [...options.transports],
    pingTimeout: options.pingTimeoutMs,
    pingInterval: options.pingIntervalMs,
    connectTimeout: options.connectionTimeoutMs,
    maxHttpBufferSize: options.maxMessageBytes,
    // A WebSocket has no use for it, and each would pay for it.
    ...(options.transports.includes('polling') && { cors: corsOf(options) }),
    serveClient: false,
  });
  io.engine.use(
    createOriginGuard(
      options.origins,
      new RoomcastError('FORBIDDEN', 'Pages of this origin may not connect.'),
    ),
  );
  io.engine.use(refuseWithoutUpgrade);
  const visitors = watchVisitors(io, options, host);
  io.engine.use(forgetUpgrade);
  // The engine's own takes several times as long, and has fewer random bits.
  io.engine.generateId = createId;
  holdOpenings(io);
  const shared: SharedServer = {
    io,
    options: describeOptions(options),
    visitors,
    owned: new Set(),
    admits: new Map(),
    closeConnections: () => closeConnections(io),
  };
  // Socket.IO opens the namespace "/" by itself; without an owner it must admit nobody.
  setAdmit(shared, '/', refuseUnserved);
  return shared;
}

/** The options as a text that is the same for two managers who want the same. */
export function describeOptions(options: SocketServerOptions): string {
  const { rateCounter, ...limits } = options.limits;
  return JSON.stringify({ ...options, limits, isShared: rateCounter !== null });
}

function watchVisitors(
  io: Server,
  { limits }: SocketServerOptions,
  { clock, metrics, logger, report }: SharedServerHost,
): Visitors {
  const counter = new InsuredCounter({ shared: limits.rateCounter, clock, report });
  const { handshakesPerSecond: perSecond } = limits;
  const rates = new HandshakeRates({ counter, perSecond, random: Math.random });
  return new Visitors(io, { limits, rates, clock, metrics, logger });
}

function corsOf({ origins }: SocketServerOptions) {
  return {
    origin: origins.filter((origin) => origin !== 'same-origin'),
    methods: ['GET', 'POST'],
    credentials: true,
  };
}

/** The answer to an upgrade and the engine's first packet, written together. */
function holdOpenings({ engine }: Server): void {
  engine.on('initial_headers', (_: unknown, { headers, socket }: IncomingMessage) => {
    if (headers.upgrade) holdWrites(socket);
  });
}

/**
 * The engine's own `close` ends its WebSocket server too, which would refuse every upgrade of the
 * next owner on the same http server.
 */
function closeConnections({ engine }: Server): void {
  // Documented, though its type is protected.
  const { clients } = engine as unknown as { readonly clients: Record<string, Socket['conn']> };
  for (const connection of Object.values(clients)) connection.close(true);
}

async function refuseUnserved(): Promise<never> {
  throw new RoomcastError('INVALID_HANDSHAKE', 'Nothing is served in this namespace.');
}
