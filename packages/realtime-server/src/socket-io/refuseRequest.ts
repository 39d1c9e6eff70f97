import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type RoomcastError, toWireError } from '@roomcast/realtime-contract';

const reasons = { 403: 'Forbidden', 429: 'Too Many Requests' } as const;

/**
 * Answers a request of the engine, or an upgrade, with an error of ours.
 *
 * @param response - as an engine middleware gets it: of an upgrade it is none
 */
export function refuseRequest(
  request: IncomingMessage,
  response: unknown,
  status: keyof typeof reasons,
  error: RoomcastError,
): void {
  const body = JSON.stringify(toWireError(error));
  const headers: [string, string][] = [['Content-Type', 'application/json']];
  if (error.retryAfterMs !== undefined) {
    headers.push(['Retry-After', String(Math.ceil(error.retryAfterMs / 1_000))]);
  }
  if (response instanceof ServerResponse) {
    response.writeHead(status, headers.flat()).end(body);
    return;
  }
  headers.push(['Connection', 'close'], ['Content-Length', String(Buffer.byteLength(body))]);
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  endUpgrade(request.socket, `HTTP/1.1 ${status} ${reasons[status]}\r\n${lines}\r\n${body}`);
}

/** An upgrade has no response object that could carry a status, and nobody else has its socket. */
function endUpgrade(socket: Socket, answer: string): void {
  // Without a listener, a client that resets the connection would end the process.
  socket.on('error', () => {});
  // A client that never closes its half would keep the socket for ever.
  socket.end(answer, () => socket.destroy());
}
