import { RoomcastError, toWireError } from '@roomcast/realtime-contract';
import type { Namespace, Socket } from 'socket.io';
import type { Visitor } from '../limits/visitor.ts';
import { adaptSocket, type Connection, closeAfterFlush } from './connection.ts';
import { forgetHandshake } from './forgetHandshake.ts';
import { holdWrites } from './heldWrites.ts';
import type { Visitors } from './visitors.ts';

/** Runs once the client is in the namespace, in the same turn as Socket.IO's answer. */
type Start = (connection: Connection) => void;

/**
 * Decides on one CONNECT. It may take its time but must hold nothing: a client that is refused, or
 * gone before the decision, leaves no trace.
 *
 * @param auth - what the client sent, not yet looked at
 * @param signal - aborts when the client is gone; it then has to come to an end
 * @param visitor - who asks, as far as limits go
 * @throws RoomcastError for a refusal
 */
export type Admit = (auth: unknown, signal: AbortSignal, visitor: Visitor) => Promise<Start>;

/** A decision that was made, and by whom. */
interface Admission {
  readonly admit: Admit;
  readonly start: Start;
}

/**
 * Lets every connection send one CONNECT of the namespace. A second one closes the connection,
 * since each would cost a server socket and a copy of every broadcast; a refused one closes it too.
 *
 * @param findAdmit - who decides at this moment
 * @param isOnlyOne - whether there is no other namespace to come into
 */
export function installConnectGate(
  namespace: Namespace,
  findAdmit: () => Admit,
  isOnlyOne: () => boolean,
  visitors: Visitors,
): void {
  const attempts = new WeakSet<Socket['conn']>();
  const admissions = new WeakMap<Socket, Admission>();

  namespace.use((socket, next) => {
    const { conn } = socket;
    const refuse = (error: unknown) => {
      next(connectError(error));
      // Socket.IO writes its answer in the next tick; the connection closes behind it.
      setImmediate(() => {
        closeAfterFlush(socket);
        visitors.refused(conn);
      });
    };
    if (attempts.has(conn)) {
      refuse(new RoomcastError('INVALID_HANDSHAKE', 'One CONNECT is allowed on a connection.'));
      return;
    }
    attempts.add(conn);
    visitors.spoke(conn);

    const gone = new AbortController();
    const stopWatching = onceClosedLater(conn, () => gone.abort());
    const admit = findAdmit();
    admit(socket.handshake.auth, gone.signal, visitors.of(conn))
      .then((start) => {
        admissions.set(socket, { admit, start });
        // Socket.IO's answer and what the session says first. A poll is answered with all there is.
        if (conn.transport.name === 'websocket') holdWrites(conn.request.socket);
        next();
      }, refuse)
      .finally(stopWatching);
  });

  namespace.on('connection', (socket) => {
    const admission = admissions.get(socket);
    admissions.delete(socket);
    forgetHandshake(socket, isOnlyOne());
    socket.on('disconnect', closeUnused);
    // The namespace may have been given back since the decision began.
    if (admission?.admit === findAdmit())
      admission.start(adaptSocket(socket, visitors.of(socket.conn)));
    else closeAfterFlush(socket);
  });
}

/**
 * Hears of the end of a connection, from the end of this turn on. Most decisions are made by then,
 * and a list of listeners keeps the room that one more has taken for as long as the connection lives.
 *
 * @returns a function that ends it, harmless when called twice
 */
function onceClosedLater(conn: Socket['conn'], listener: () => void): () => void {
  const atEndOfTurn = setImmediate(() => {
    if (conn.readyState === 'closed') listener();
    else conn.once('close', listener);
  });
  return () => {
    clearImmediate(atEndOfTurn);
    conn.off('close', listener);
  };
}

/**
 * Socket.IO keeps the connection of a client that has left all its namespaces, for as long as it
 * answers pings; nobody would count it.
 */
function closeUnused(this: Socket): void {
  const { client, conn } = this;
  const { sockets } = client as unknown as { readonly sockets?: ReadonlyMap<string, unknown> };
  if (sockets?.size === 0) conn.close();
}

/** What Socket.IO sends as CONNECT_ERROR: our code and message in `data`, as in every refusal. */
function connectError(error: unknown): Error & { data: unknown } {
  const data = toWireError(error);
  return Object.assign(new Error(data.message), { data });
}
