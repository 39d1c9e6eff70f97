import {
  type Acknowledgement,
  ActionError,
  accept,
  type Clock,
  type Handshake,
  type ReportError,
  RoomcastError,
  refuse,
} from '@roomcast/realtime-contract';
import type { Dialect } from '../dialects/dialect.ts';
import type { Connection, Request } from '../socket-io/connection.ts';
import { createSession } from './createSession.ts';
import type { AuthenticatedUser, DialectName, Session } from './session.ts';
import type { SessionRegistry } from './sessionRegistry.ts';

/** The most requests of one session that may wait for their answer. */
const maxWaitingRequests = 256;

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
  let waiting = 0;

  async function answer(request: Request, work: () => Promise<unknown>): Promise<void> {
    respond(host, request, await settle(host, request.name, work));
    waiting -= 1;
  }

  connection.onRequest((request) => {
    const { name, args } = request;
    if (waiting >= maxWaitingRequests) {
      respond(host, request, refuse(tooManyRequests()));
      return;
    }
    waiting += 1;
    if (dialect.handles(name)) {
      // Joins, leaves and logins of one client take effect one after the other, as it sent them.
      previous = previous.then(() => answer(request, () => dialect.handle(session, request)));
    } else {
      void answer(request, () => host.act(session, name, args[0]));
    }
  });
}

async function settle({ report }: SessionHost, name: string, work: () => Promise<unknown>) {
  try {
    return accept(await work());
  } catch (error) {
    // What is not meant for the client must not be lost: it is told `INTERNAL` only.
    if (!isMeantForClient(error)) report(error, `request "${name.slice(0, 64)}"`);
    return refuse(error);
  }
}

function isMeantForClient(error: unknown): boolean {
  return error instanceof RoomcastError || error instanceof ActionError;
}

function respond({ report }: SessionHost, request: Request, answer: Acknowledgement): void {
  try {
    request.acknowledge(answer);
  } catch (error) {
    // The answer of an action may hold what cannot be written down, such as a BigInt.
    report(error, `acknowledgement of "${request.name.slice(0, 64)}"`);
    request.acknowledge(refuse(error));
  }
}

function tooManyRequests(): RoomcastError {
  return new RoomcastError(
    'LIMIT_EXCEEDED',
    `${maxWaitingRequests} requests wait for their answer. Wait for some before sending more.`,
  );
}
