import { type ErrorCode, RoomcastError } from '@roomcast/realtime-contract';
import type { MockSession } from './mockSession.ts';

/** Why a server may refuse a handshake. */
export type MockHandshakeRefusal = Extract<
  ErrorCode,
  | 'AUTHENTICATION_FAILED'
  | 'AUTHENTICATION_TIMEOUT'
  | 'CONNECTION_FAILED'
  | 'CONNECTION_LIMIT'
  | 'CONTRACT_INCOMPATIBLE'
  | 'INTERNAL'
  | 'INVALID_HANDSHAKE'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_REVOKED'
>;

/** How a connection ends that the client did not end. */
export type MockDisconnect =
  /** The network is gone. */
  | 'transport-close'
  /** Pings stayed away for too long, as on a network that swallows everything. */
  | 'ping-timeout'
  /** The server gave up on a client that read too slowly, which it does without a word. */
  | 'slow'
  /** The server ended it with Socket.IO's own word for that. */
  | 'server-disconnect'
  /** The server sent what is no frame. */
  | 'invalid-frame'
  /** The token's time was over, and no other came. */
  | 'token-expired'
  /** The token or its user was revoked. */
  | 'token-revoked'
  /** The server shuts down, and asks for so many milliseconds before the next attempt. */
  | { readonly reason: 'server-shutdown'; readonly retryAfterMs: number }
  /** The connection is lost, and every handshake is refused from now on. */
  | { readonly reason: 'refused'; readonly code: MockHandshakeRefusal };

/** What an ending needs of a connection. */
export interface MockEnding {
  readonly session: MockSession;
  write(message: string): void;
  close(reason: string): void;
}

/** Ends a connection in the way that the client would see it. */
export function endConnection(
  { session, write, close }: MockEnding,
  disconnect: MockDisconnect,
): void {
  const end = (code: ErrorCode, message: string, retryAfterMs?: number) =>
    session.end(new RoomcastError(code, message), retryAfterMs);
  if (typeof disconnect === 'object' && disconnect.reason === 'server-shutdown') {
    end('CONNECTION_LOST', 'The server shuts down.', disconnect.retryAfterMs);
  } else if (disconnect === 'token-expired') {
    end('TOKEN_EXPIRED', 'The token is past its expiry, and no other came.');
  } else if (disconnect === 'token-revoked') {
    end('TOKEN_REVOKED', 'The token was revoked. Log in again.');
  } else {
    if (disconnect === 'server-disconnect') write('1');
    if (disconnect === 'invalid-frame') write('P{}');
    close(disconnect === 'ping-timeout' ? 'ping timeout' : 'transport close');
  }
}
