import type { IncomingMessage } from 'node:http';
import type { RoomcastError } from '@roomcast/realtime-contract';
import { refuseRequest } from './refuseRequest.ts';

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
    refuseRequest(request, response, 403, refusal);
  };
}
