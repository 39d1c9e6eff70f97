import type { Socket } from 'node:net';

/** Resets a socket. One that is saying its end at this moment cannot be reset, and is closed. */
export function resetSocket(socket: Socket): void {
  // Node forgets the handle that libuv then refuses to reset, and the connection stays open.
  if (socket.writableEnded && !socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
}
