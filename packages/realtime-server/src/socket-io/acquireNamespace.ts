import type { Server as HttpServer } from 'node:http';
import { RoomcastError } from '@roomcast/realtime-contract';
import type { Admit } from './connectGate.ts';
import { adaptMembership, type Membership } from './membership.ts';
import {
  describeOptions,
  type SharedServerHost,
  type SocketServerOptions,
  setAdmit,
  shareServer,
} from './sharedServer.ts';

/** A namespace with one owner: the manager that acquired it. */
export interface AcquiredNamespace {
  readonly membership: Membership;
  /** Closes the namespace's connections and gives it back. */
  release(): void;
}

/**
 * Takes a namespace of the Socket.IO server on an http server; the first to ask creates it.
 *
 * @throws RoomcastError `INVALID_CONFIG` where another manager has the namespace or other options
 */
export function acquireNamespace(
  httpServer: HttpServer,
  name: string,
  options: SocketServerOptions,
  { admit, ...host }: SharedServerHost & { readonly admit: Admit },
): AcquiredNamespace {
  const shared = shareServer(httpServer, options, host);
  if (shared.options !== describeOptions(options)) {
    throw new RoomcastError(
      'INVALID_CONFIG',
      'Another manager on this http server has other path, origins, transports, timeouts or limits. Give both the same.',
    );
  }
  if (shared.owned.has(name)) {
    throw new RoomcastError(
      'INVALID_CONFIG',
      `Another manager on this http server has the namespace "${name}". Give each its own \`namespace\`.`,
    );
  }
  shared.owned.add(name);
  setAdmit(shared, name, admit);
  const namespace = shared.io.of(name);

  return {
    membership: adaptMembership(namespace),
    release() {
      shared.owned.delete(name);
      setAdmit(shared, name, refuseReleased);
      for (const socket of [...namespace.sockets.values()]) {
        // The connection first: a stock client that is sent away by name does not come back.
        socket.conn.close(true);
        // A connection that was closing already, and waits for its client, does not end with that.
        socket.disconnect(true);
      }
      namespace.adapter.removeAllListeners();
      if (shared.owned.size === 0) shared.closeConnections();
    },
  };
}

/** A client may come while a new manager is about to take the namespace: it is to try again. */
async function refuseReleased(): Promise<never> {
  throw new RoomcastError('CONNECTION_FAILED', 'The server of this namespace is closed.');
}
