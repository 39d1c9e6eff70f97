import { RoomcastError } from '@roomcast/realtime-contract';
import { assertWholeNumbers } from '../assertWholeNumbers.ts';
import { assertOneOf } from './assertOneOf.ts';
import type { MockSession } from './mockSession.ts';

const handshakeRefusals = [
  'AUTHENTICATION_FAILED',
  'AUTHENTICATION_TIMEOUT',
  'CONNECTION_FAILED',
  'CONNECTION_LIMIT',
  'CONTRACT_INCOMPATIBLE',
  'INTERNAL',
  'INVALID_HANDSHAKE',
  'SERVER_DRAINING',
  'TOKEN_EXPIRED',
  'TOKEN_REVOKED',
] as const;

/** Why a server may refuse a handshake. */
export type MockHandshakeRefusal = (typeof handshakeRefusals)[number];

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

const endings: Readonly<Record<Extract<MockDisconnect, string>, (connection: MockEnding) => void>> =
  {
    'transport-close': ({ close }) => close('transport close'),
    'ping-timeout': ({ close }) => close('ping timeout'),
    slow: ({ close }) => close('transport close'),
    'server-disconnect'({ write, close }) {
      write('1');
      close('transport close');
    },
    'invalid-frame'({ write, close }) {
      write('P{}');
      close('transport close');
    },
    'token-expired': ({ session }) =>
      session.end(
        new RoomcastError('TOKEN_EXPIRED', 'The token is past its expiry, and no other came.'),
      ),
    'token-revoked': ({ session }) =>
      session.end(new RoomcastError('TOKEN_REVOKED', 'The token was revoked. Log in again.')),
  };

/** @throws RoomcastError `INVALID_CONFIG` for what is no ending */
export function assertDisconnect(how: MockDisconnect): void {
  if (typeof how !== 'object') {
    assertOneOf('how', Object.keys(endings), how);
  } else if (how?.reason === 'server-shutdown') {
    assertWholeNumbers(0, { retryAfterMs: how.retryAfterMs });
  } else {
    assertOneOf('how.reason', ['server-shutdown', 'refused'], how?.reason);
    assertOneOf('how.code', handshakeRefusals, how.code);
  }
}

/** Ends a connection in the way that the client would see it. */
export function endConnection(connection: MockEnding, how: MockDisconnect): void {
  if (typeof how === 'string') {
    endings[how](connection);
  } else if (how.reason === 'server-shutdown') {
    const error = new RoomcastError('SERVER_DRAINING', 'The server shuts down.');
    connection.session.end(error, how.retryAfterMs);
  } else {
    connection.close('transport close');
  }
}
