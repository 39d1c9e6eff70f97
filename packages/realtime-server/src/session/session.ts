import type { ErrorCode, Position } from '@roomcast/realtime-contract';
import type { AgreedCompression } from '@roomcast/realtime-contract/compressed-frames';
import type { Place } from '../limits/clientPlaces.ts';
import type { Connection } from '../socket-io/connection.ts';
import type { LazyMap } from './lazyMap.ts';

/** Who is behind a connection, as the `authenticate` option answered. */
export interface AuthenticatedUser {
  readonly id: string;
  /** From then on nothing is delivered, in milliseconds since the Unix epoch. */
  readonly expiresAtMs?: number;
  /** Names the token, so that `revokeToken` can refuse it; a JWT's `jti`. */
  readonly tokenId?: string;
  /** When the token was made, so that `revokeUser` refuses those made before; a JWT's `iat`. */
  readonly issuedAtMs?: number;
  /** Whatever else authorisation and actions want to know, such as a role. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export type DialectName = 'plain' | 'plain-compressed' | 'framed';

/** A session as authorisation and action handlers see it. */
export interface SessionInfo {
  /** Names the connection; not a secret. */
  readonly id: string;
  /** Null for a guest. */
  readonly user: AuthenticatedUser | null;
  readonly dialect: DialectName;
}

/**
 * A room whose publications a session does not get as they come: it is caught up from the log, from
 * this position on.
 */
export interface Lag {
  readonly since: Position;
}

/** What one client asks for. */
export interface SessionRequests {
  /**
   * Takes no more: what comes from now on is neither done nor answered. Resolves once what was taken
   * before is answered. To be called once.
   */
  finish(): Promise<void>;
}

/** One client past the handshake. */
export interface Session extends SessionInfo {
  readonly connection: Connection;
  /** What it takes of what there is for its address and its user. */
  readonly place: Place;
  /** Names the session to its own client, who may end it from another connection. */
  readonly secret: string;
  /** The most publications of one room that the client wants replayed. */
  readonly maxReplay: number;
  /** What it and the server both can, of the wire. */
  readonly features: readonly string[];
  /** What it reads of compressed frames. */
  readonly compression: AgreedCompression;
  /** Which context of compressed frames it holds, by room. */
  readonly contexts: LazyMap<string, number>;
  /** The rooms that it is in and behind in. */
  readonly lags: LazyMap<string, Lag>;
  /** Grows when its rights may have changed: a join that is under way asks for them again. */
  rightsChanges: number;
  /** Whether the client has been told that it is in. */
  hasBegun: boolean;
  /** What its client asks for; null until that is heard. */
  requests: SessionRequests | null;
  /** Why the server ended it; null where it did not. */
  endedWith: ErrorCode | null;
  /** Whether the token's time is over, so that nothing may be delivered or done. */
  readonly isExpired: boolean;
  /** Gives the session its user, or its user another token; an expired one stays so until `revive`. */
  login(user: AuthenticatedUser): void;
  /** The token's time is over, now. */
  expire(): void;
  /** Ends the expiry, unless the token that it was for is over by now. */
  revive(): void;
  /** The connection is gone: nothing expires any more. */
  end(): void;
}
