import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'socket.io';

const nothing = Object.freeze({});

/**
 * An engine middleware, to be the last one. What stands in for the response of an upgrade hears the
 * end of the TCP socket, so it lives as long as that, and would keep the request as long.
 */
export function forgetUpgrade(_: IncomingMessage, response: object, next: () => void): void {
  if (!(response instanceof ServerResponse)) Object.assign(response, { req: null });
  next();
}

/**
 * Lets go of what a client said to come in, its token and its headers: nobody asks for that any more,
 * and it takes memory for as long as the connection lives.
 *
 * @param isLast - whether the connection can come into no other namespace, for which it would be
 * asked again
 */
export function forgetHandshake(socket: Socket, isLast: boolean): void {
  Object.assign(socket, { handshake: nothing });
  if (isLast) Object.assign(socket.conn, { request: null });
}
