import type { Socket } from 'socket.io';
import { tcpSocketOf } from './directSocket.ts';

type EngineConnection = Socket['conn'];

/** How long somebody who was cut off may take to take what was written, in milliseconds. */
const lastWordsMs = 500;

/**
 * Ends a connection at once. The engine's `close` says goodbye, which ws waits half a minute for; a
 * half-open connection is gone only when its socket is destroyed.
 */
export function terminate(conn: EngineConnection): void {
  const { socket } = conn.transport as { readonly socket?: { terminate?: () => void } };
  conn.close(true);
  socket?.terminate?.();
}

/**
 * Ends a connection that is closing, once what was written to it is taken, and soon in any case. Nothing
 * that still comes is read: ws would go on to parse it until its client says goodbye, too.
 */
export function cutOff(conn: EngineConnection): void {
  const tcp = tcpSocketOf(conn);
  tcp?.pause();
  tcp?.destroySoon();
  setTimeout(() => {
    terminate(conn);
    tcp?.destroy();
  }, lastWordsMs).unref();
}
