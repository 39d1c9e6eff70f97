import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RoomcastError } from '@roomcast/realtime-contract';

/** Whether pages of an origin may connect. A missing Origin is no page. */
export function isOriginAllowed(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  return allowed.includes('same-origin') && hostOf(origin) === host && host !== undefined;
}

function hostOf(origin: string): string | null {
  if (!URL.canParse(origin)) return null;
  const { protocol, host } = new URL(origin);
  return protocol === 'http:' || protocol === 'https:' ? host : null;
}

/**
 * An engine middleware that sees every request: handshake, poll and upgrade. `cors` covers no
 * WebSocket, and `allowRequest` is asked for neither upgrades nor requests with a session id.
 */
export function createOriginGuard(allowed: readonly string[], refusal: RoomcastError) {
  return (request: IncomingMessage, response: unknown, next: () => void): void => {
    const { origin, host } = request.headers;
    if (isOriginAllowed(origin, host, allowed)) {
      next();
      return;
    }
    const body = JSON.stringify({ code: refusal.code, message: refusal.message });
    if (response instanceof ServerResponse) {
      response.writeHead(403, { 'content-type': 'application/json' }).end(body);
    } else {
      refuseUpgrade(request.socket, body);
    }
  };
}

/** An upgrade has no response object that could carry a status, and nobody else has its socket. */
function refuseUpgrade(socket: Socket, body: string): void {
  // Without a listener, a client that resets the connection would end the process.
  socket.on('error', () => {});
  socket.end(
    `HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    // A client that never closes its half would keep the socket for ever.
    () => socket.destroy(),
  );
}
