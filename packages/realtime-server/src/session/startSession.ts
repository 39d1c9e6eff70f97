import {
  type Acknowledgement,
  ActionError,
  accept,
  agreedCompression,
  type Clock,
  type ContractDictionary,
  compressionFeatures,
  type Handshake,
  type ReportError,
  RoomcastError,
  refuse,
  toWireError,
} from '@roomcast/realtime-contract';
import type { Dialect } from '../dialects/dialect.ts';
import type { Connection, Request } from '../socket-io/connection.ts';
import { createSession } from './createSession.ts';
import type { Revocations } from './revocations.ts';
import type { AuthenticatedUser, DialectName, Session } from './session.ts';
import type { SessionRegistry } from './sessionRegistry.ts';
import { tokenExpired } from './tokenExpired.ts';

/** The most requests of one session that may wait for their answer. */
const maxWaitingRequests = 256;

export interface SessionHost {
  readonly sessions: SessionRegistry;
  readonly revocations: Pick<Revocations, 'isRevoked'>;
  readonly dialects: Readonly<Record<DialectName, Dialect>>;
  /** What compressed frames may refer to; null where none are written. */
  readonly dictionary: ContractDictionary | null;
  readonly clock: Clock;
  readonly report: ReportError;
  /** The time of a session's token is over. */
  onExpired(session: Session): void;
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
  // In the turns since its token was looked at; the next attempt will be told.
  if (user && host.revocations.isRevoked(user)) {
    connection.close();
    return;
  }
  const dialect = host.dialects[handshake.dialect];
  const isFramed = handshake.dialect === 'framed';
  if (isFramed && handshake.session !== undefined) {
    host.sessions.findZombie(handshake.session, user?.id ?? null)?.connection.terminate();
  }
  let hasBegun = false;
  const onExpired = (expired: Session) =>
    hasBegun ? host.onExpired(expired) : endUnbegun(dialect, expired);
  const agreed = agree(host.dictionary, handshake);
  const session = createSession(connection, { ...host, ...handshake, ...agreed, onExpired });
  if (user) session.login(user);
  host.sessions.add(session);
  connection.onClose(() => host.sessions.remove(session));

  const beginning = dialect.start(session, isFramed ? handshake.rooms : []).then(
    () => {
      hasBegun = true;
    },
    (error: unknown) => {
      host.report(error, 'session start');
      connection.close();
    },
  );
  answerRequests(host, session, beginning);
}

/** What the client named and the server has too. */
function agree(dictionary: ContractDictionary | null, handshake: Handshake) {
  if (!dictionary || handshake.dialect !== 'framed') return {};
  const ours = compressionFeatures(dictionary);
  const features = ours.filter((feature) => handshake.features.includes(feature));
  return { features, compression: agreedCompression(features, dictionary) };
}

/** Answers what a client sends from the beginning of its session on. */
function answerRequests(host: SessionHost, session: Session, beginning: Promise<void>): void {
  const dialect = host.dialects[session.dialect];
  let previous = beginning;
  let waiting = 0;

  async function answer(request: Request): Promise<void> {
    respond(host, request, await settle(host, request.name, () => perform(request)));
    waiting -= 1;
  }

  async function perform(request: Request): Promise<unknown> {
    const { name, args } = request;
    const isRequest = dialect.handles(name);
    // Not before its turn comes: a request that waits behind another token is done with that.
    if (session.isExpired && !(isRequest && dialect.handlesExpired(name))) throw tokenExpired();
    return isRequest ? dialect.handle(session, request) : host.act(session, name, args[0]);
  }

  session.connection.onRequest((request) => {
    if (waiting >= maxWaitingRequests) {
      respond(host, request, refuse(tooManyRequests()));
      return;
    }
    waiting += 1;
    if (dialect.handles(request.name)) {
      // Joins, leaves and logins of one client take effect one after the other, as it sent them.
      previous = previous.then(() => answer(request));
    } else {
      void answer(request);
    }
  });
}

/** Nobody is kept waiting for another token before anything was said. */
function endUnbegun(dialect: Dialect, session: Session): void {
  dialect.tellEnd(session, toWireError(tokenExpired()));
  session.connection.close();
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
