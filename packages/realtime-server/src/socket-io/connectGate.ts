import { RoomcastError, toWireError } from '@roomcast/realtime-contract';
import type { Namespace, Socket } from 'socket.io';
import { adaptSocket, type Connection, closeAfterFlush } from './connection.ts';

/** Runs once the client is in the namespace, in the same turn as Socket.IO's answer. */
export type Start = (connection: Connection) => void;

/**
 * Decides on one CONNECT. It may take its time but must hold nothing: a client that is refused, or
 * gone before the decision, leaves no trace.
 *
 * @param auth - what the client sent, not yet looked at
 * @param signal - aborts when the client is gone
 * @throws RoomcastError for a refusal
 */
export type Admit = (auth: unknown, signal: AbortSignal) => Promise<Start>;

/**
 * Lets every connection send one CONNECT of the namespace. A second one closes the connection,
 * since each would cost a server socket and a copy of every broadcast; a refused one closes it too.
 *
 * @param findAdmit - who decides at this moment; undefined where the namespace has no owner
 */
export function installConnectGate(namespace: Namespace, findAdmit: () => Admit | undefined): void {
  const attempts = new WeakSet<Socket['conn']>();
  const starts = new WeakMap<Socket, Start>();

  namespace.use((socket, next) => {
    const { conn } = socket;
    const refuse = (error: unknown) => {
      next(connectError(error));
      // Socket.IO writes its answer in the next tick; the connection closes behind it.
      setImmediate(() => closeAfterFlush(socket));
    };
    if (attempts.has(conn)) {
      refuse(new RoomcastError('INVALID_HANDSHAKE', 'One CONNECT is allowed on a connection.'));
      return;
    }
    attempts.add(conn);

    const gone = new AbortController();
    const onClose = () => {
      gone.abort();
      settle(() => next(new Error('gone')));
    };
    let isSettled = false;
    const settle = (then: () => void) => {
      if (isSettled) return;
      isSettled = true;
      conn.off('close', onClose);
      then();
    };
    conn.once('close', onClose);

    decide(findAdmit(), socket.handshake.auth, gone.signal).then(
      (start) =>
        settle(() => {
          starts.set(socket, start);
          next();
        }),
      (error: unknown) => settle(() => refuse(error)),
    );
  });

  namespace.on('connection', (socket) => {
    starts.get(socket)?.(adaptSocket(socket));
  });
}

async function decide(admit: Admit | undefined, auth: unknown, signal: AbortSignal) {
  if (!admit) throw new RoomcastError('INVALID_HANDSHAKE', 'Nothing is served in this namespace.');
  return admit(auth, signal);
}

/** What Socket.IO sends as CONNECT_ERROR: our code and message in `data`, as in every refusal. */
function connectError(error: unknown): Error & { data: unknown } {
  const data = toWireError(error);
  return Object.assign(new Error(data.message), { data });
}
