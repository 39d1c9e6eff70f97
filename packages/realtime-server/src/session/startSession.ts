import {
  accept,
  type Clock,
  type Handshake,
  type ReportError,
  refuse,
} from '@roomcast/realtime-contract';
import type { Dialect } from '../dialects/dialect.ts';
import type { Connection } from '../socket-io/connection.ts';
import { createSession } from './createSession.ts';
import type { AuthenticatedUser, DialectName, Session } from './session.ts';
import type { SessionRegistry } from './sessionRegistry.ts';

export interface SessionHost {
  readonly sessions: SessionRegistry;
  readonly dialects: Readonly<Record<DialectName, Dialect>>;
  readonly clock: Clock;
  readonly report: ReportError;
  /** Runs an action for a session. */
  act(session: Session, name: string, input: unknown): Promise<unknown>;
}

/** Begins the session of an admitted client and answers what it sends until it is gone. */
export function startSession(
  host: SessionHost,
  connection: Connection,
  handshake: Handshake,
  user: AuthenticatedUser | null,
): void {
  const dialect = host.dialects[handshake.dialect];
  const session = createSession(connection, handshake.dialect, host.clock);
  if (user) session.login(user);
  host.sessions.add(session);
  connection.onClose(() => host.sessions.remove(session));

  const requests = handshake.dialect === 'framed' ? handshake.rooms : [];
  let previous = dialect.start(session, requests).catch((error: unknown) => {
    host.report(error, 'session start');
    connection.close();
  });

  connection.onRequest((request) => {
    const { name, args, acknowledge } = request;
    if (!dialect.handles(name)) {
      void settle(host.act(session, name, args[0])).then(acknowledge);
      return;
    }
    // Joins, leaves and logins of one client take effect one after the other, as it sent them.
    previous = previous
      .then(() => settle(dialect.handle(session, request)))
      .then((answer) => acknowledge(answer));
  });
}

async function settle(work: Promise<unknown>) {
  try {
    return accept(await work);
  } catch (error) {
    return refuse(error);
  }
}
