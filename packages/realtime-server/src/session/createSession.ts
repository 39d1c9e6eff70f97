import type { Clock } from '@roomcast/realtime-contract';
import type { Connection } from '../socket-io/connection.ts';
import type { AuthenticatedUser, DialectName, Session } from './session.ts';

/** The session of a connection. Its timers end with the connection. */
export function createSession(connection: Connection, dialect: DialectName, clock: Clock): Session {
  let user: AuthenticatedUser | null = null;
  let stopWatching = () => {};
  connection.onClose(() => stopWatching());
  return {
    id: connection.id,
    dialect,
    connection,
    get user() {
      return user;
    },
    login(next) {
      // A timer that is set after the end would never be stopped.
      if (!connection.isOpen) return;
      user = next;
      stopWatching();
      if (next.expiresAtMs === undefined) return;
      const remainingMs = next.expiresAtMs - clock.now();
      stopWatching = clock.schedule(() => connection.close(), remainingMs);
    },
  };
}
