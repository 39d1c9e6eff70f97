import type { Server as HttpServer } from 'node:http';
import { RoomcastError } from '@roomcast/realtime-contract';
import { Server } from 'socket.io';
import { type Admit, installConnectGate } from './connectGate.ts';
import { adaptMembership, type Membership } from './membership.ts';
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

/** A namespace with one owner: the manager that acquired it. */
export interface AcquiredNamespace {
  readonly membership: Membership;
  /** Closes the namespace's connections and gives it back. */
  release(): Promise<void>;
}

interface SharedServer {
  readonly io: Server;
  readonly options: string;
  /** Who admits, by namespace; absent while nobody owns the namespace. */
  readonly owners: Map<string, Admit>;
  readonly gated: Set<string>;
}

const sharedServers = new WeakMap<HttpServer, SharedServer>();

/**
 * Takes a namespace of the Socket.IO server on an http server; the first to ask creates it.
 *
 * @throws RoomcastError `INVALID_CONFIG` where another manager has the namespace or other options
 */
export function acquireNamespace(
  httpServer: HttpServer,
  name: string,
  options: SocketServerOptions,
  admit: Admit,
): AcquiredNamespace {
  const shared = sharedServers.get(httpServer) ?? createSharedServer(httpServer, options);
  if (shared.options !== JSON.stringify(options)) {
    throw new RoomcastError(
      'INVALID_CONFIG',
      'Another manager on this http server has other path, origins, transports or timeouts. Give both the same.',
    );
  }
  if (shared.owners.has(name)) {
    throw new RoomcastError(
      'INVALID_CONFIG',
      `Another manager on this http server has the namespace "${name}". Give each its own \`namespace\`.`,
    );
  }
  gate(shared, name);
  shared.owners.set(name, admit);
  const namespace = shared.io.of(name);

  return {
    membership: adaptMembership(namespace),
    async release() {
      shared.owners.delete(name);
      const isGone = Promise.all(
        [...namespace.sockets.values()].map(
          (socket) => new Promise<void>((resolve) => socket.once('disconnect', () => resolve())),
        ),
      );
      namespace.disconnectSockets(true);
      await isGone;
      namespace.adapter.removeAllListeners();
      if (shared.owners.size === 0) shared.io.engine.close();
    },
  };
}

function createSharedServer(httpServer: HttpServer, options: SocketServerOptions): SharedServer {
  const io = new Server(httpServer, {
    path: options.path,
    transports: [...options.transports],
    pingTimeout: options.pingTimeoutMs,
    pingInterval: options.pingIntervalMs,
    connectTimeout: options.connectionTimeoutMs,
    maxHttpBufferSize: options.maxMessageBytes,
    cors: {
      origin: options.origins.filter((origin) => origin !== 'same-origin'),
      methods: ['GET', 'POST'],
      credentials: true,
    },
    serveClient: false,
    // Other WebSocket servers may share the http server, such as a bundler's live reload.
    destroyUpgrade: false,
  });
  io.engine.use(
    createOriginGuard(
      options.origins,
      new RoomcastError('FORBIDDEN', 'Pages of this origin may not connect.'),
    ),
  );
  const shared: SharedServer = {
    io,
    options: JSON.stringify(options),
    owners: new Map(),
    gated: new Set(),
  };
  sharedServers.set(httpServer, shared);
  // Socket.IO opens the namespace "/" by itself; without an owner it must admit nobody.
  gate(shared, '/');
  return shared;
}

function gate(shared: SharedServer, name: string): void {
  if (shared.gated.has(name)) return;
  shared.gated.add(name);
  installConnectGate(shared.io.of(name), () => shared.owners.get(name));
}
