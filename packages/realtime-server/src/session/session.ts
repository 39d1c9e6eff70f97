import type { Connection } from '../socket-io/connection.ts';

/** Who is behind a connection, as the `authenticate` option answered. */
export interface AuthenticatedUser {
  readonly id: string;
  /** From then on the session is ended, in milliseconds since the Unix epoch. */
  readonly expiresAtMs?: number;
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

/** One client past the handshake. */
export interface Session extends SessionInfo {
  readonly connection: Connection;
  /** Gives the session its user, and ends it when the user's token does. */
  login(user: AuthenticatedUser): void;
}
