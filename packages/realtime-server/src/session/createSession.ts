import type { AgreedCompression, Clock } from '@roomcast/realtime-contract';
import type { Connection } from '../socket-io/connection.ts';
import { createSessionId } from './createSessionId.ts';
import type { AuthenticatedUser, DialectName, Lag, Session } from './session.ts';

export interface SessionOptions {
  readonly dialect: DialectName;
  readonly maxReplay?: number;
  /** @default none */
  readonly features?: readonly string[];
  /** @default 'none' */
  readonly compression?: AgreedCompression;
  readonly clock: Clock;
  /** The token's time is over. */
  onExpired(session: Session): void;
}

/** The session of a connection. Its timers end with the connection. */
export function createSession(connection: Connection, options: SessionOptions): Session {
  const { dialect, maxReplay = Number.POSITIVE_INFINITY, clock, onExpired } = options;
  const { features = [], compression = 'none' } = options;
  let user: AuthenticatedUser | null = null;
  let isExpired = false;
  let stopWatching = () => {};
  connection.onClose(() => stopWatching());

  function expire(): void {
    // A token that expires while the last one's grace runs changes nothing.
    if (isExpired) return;
    isExpired = true;
    onExpired(session);
  }

  function watch(): void {
    stopWatching();
    // A timer that is set after the end would never be stopped.
    if (user?.expiresAtMs === undefined || !connection.isOpen) return;
    stopWatching = clock.schedule(expire, user.expiresAtMs - clock.now());
  }

  const session: Session = {
    id: connection.id,
    secret: createSessionId(),
    ...{ dialect, connection, maxReplay, features, compression },
    contexts: new Map<string, number>(),
    lags: new Map<string, Lag>(),
    rightsChanges: 0,
    get user() {
      return user;
    },
    get isExpired() {
      return isExpired;
    },
    login(next) {
      if (!connection.isOpen) return;
      user = next;
      watch();
    },
    revive() {
      isExpired = (user?.expiresAtMs ?? Number.POSITIVE_INFINITY) <= clock.now();
      // The timer of the token may have fired already, a little early and without an effect.
      if (!isExpired) watch();
    },
  };
  return session;
}
