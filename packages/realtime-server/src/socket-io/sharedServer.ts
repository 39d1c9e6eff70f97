import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { RoomcastError } from '@roomcast/realtime-contract';
import { Server, type Socket } from 'socket.io';
import { createId } from '../createId.ts';
import { type Admit, installConnectGate } from './connectGate.ts';
import { holdWrites } from './heldWrites.ts';
import { createOriginGuard } from './originGuard.ts';

/** What all managers on one http server share. */
export interface SocketServerOptions {
  readonly path: string;
  readonly origins: readonly string[];
  readonly transports: readonly ('websocket' | 'polling')[];
  readonly pingTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly connectionTimeoutMs: number;
  readonly maxMessageBytes: number;
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
  /** Closes every connection, also those that are in no namespace yet. */
  closeConnections(): void;
}

const sharedServers = new WeakMap<HttpServer, SharedServer>();

/** The Socket.IO server on an http server; the first to ask creates it. */
export function shareServer(httpServer: HttpServer, options: SocketServerOptions): SharedServer {
  const shared = sharedServers.get(httpServer) ?? createSharedServer(httpServer, options);
  sharedServers.set(httpServer, shared);
  return shared;
}

/** Gives a namespace to the one who decides in it from now on. */
export function setAdmit(shared: SharedServer, name: string, admit: Admit): void {
  const isGated = shared.admits.has(name);
  shared.admits.set(name, admit);
  if (!isGated) {
    installConnectGate(shared.io.of(name), () => shared.admits.get(name) ?? refuseUnserved);
  }
}

function createSharedServer(httpServer: HttpServer, options: SocketServerOptions): SharedServer {
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
  // The engine's own takes several times as long, and has fewer random bits.
  io.engine.generateId = createId;
  holdOpenings(io);
  const shared: SharedServer = {
    io,
    options: JSON.stringify(options),
    owned: new Set(),
    admits: new Map(),
    closeConnections: () => closeConnections(io),
  };
  // Socket.IO opens the namespace "/" by itself; without an owner it must admit nobody.
  setAdmit(shared, '/', refuseUnserved);
  return shared;
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
