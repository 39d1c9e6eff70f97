import type { Clock, Handshake } from '@roomcast/realtime-contract';
import {
  agreedCompression,
  type ContractDictionary,
  compressionFeatures,
} from '@roomcast/realtime-contract/compressed-frames';
import type { ClientPlaces } from '../limits/clientPlaces.ts';
import type { Connection } from '../socket-io/connection.ts';
import type { Admitted } from './admitSession.ts';
import { createSession } from './createSession.ts';
import type { Deadlines } from './deadlines.ts';
import { type RequestHost, RequestLine } from './requestLine.ts';
import type { Revocations } from './revocations.ts';
import type { Session } from './session.ts';
import { sessionDigest } from './sessionDigest.ts';
import type { SessionRegistry } from './sessionRegistry.ts';
import type { SessionWatchers } from './sessionWatchers.ts';

export interface SessionHost extends RequestHost {
  readonly sessions: SessionRegistry;
  readonly watchers: Pick<SessionWatchers, 'began' | 'ended'>;
  readonly revocations: Pick<Revocations, 'isRefused'>;
  readonly places: Pick<ClientPlaces, 'leave'>;
  /** What compressed frames may refer to; null where none are written. */
  readonly dictionary: ContractDictionary | null;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  /** What is left of a session on another node may go: its client is here. */
  supersede(digest: string, userId: string | null): void;
  /** The time of a session's token is over: the last moment to write to it. */
  beforeExpiry(session: Session): void;
  onExpired(session: Session): void;
  /** A session began without a user: it has to find a room, or to go. */
  watchGuest(session: Session): void;
  /** The session is over. */
  onEnded(session: Session, reason: string): void;
}

/** Begins the session of an admitted client and answers what it sends until it is gone. */
export function startSession(
  host: SessionHost,
  connection: Connection,
  { handshake, user, place }: Admitted,
): void {
  // In the turns since its token was looked at; the next attempt will be told.
  if (user && host.revocations.isRefused(user)) {
    host.places.leave(place);
    connection.close();
    return;
  }
  const dialect = host.dialects[handshake.dialect];
  const isFramed = handshake.dialect === 'framed';
  if (isFramed && handshake.session !== undefined) {
    endZombie(host, sessionDigest(handshake.session), user?.id ?? null);
  }
  const agreed = agree(host.dictionary, handshake);
  const session = createSession(connection, { ...host, ...handshake, ...agreed, place });
  if (user) session.login(user);
  host.sessions.add(session);
  connection.onClose((reason) => {
    session.end();
    host.places.leave(place);
    host.sessions.remove(session);
    host.onEnded(session, reason);
    host.watchers.ended(session, reason);
  });
  host.watchers.began(session);

  const beginning = dialect.start(session, isFramed ? handshake.rooms : []).then(
    () => {
      session.hasBegun = true;
    },
    (error: unknown) => {
      host.report(error, 'session start');
      connection.close();
    },
  );
  const requests = new RequestLine(host, session, beginning);
  session.requests = requests;
  connection.visitor.listener = requests;
  connection.onRequest(requests);
  if (!user) host.watchGuest(session);
}

/** Ends what is left of the client's last session, wherever that is. */
function endZombie(host: SessionHost, digest: string, userId: string | null): void {
  const zombie = host.sessions.findZombie(digest, userId);
  if (zombie) zombie.connection.terminate();
  else host.supersede(digest, userId);
}

const nothing = { features: [], compression: 'none' } as const;

/** What the client named and the server has too. */
function agree(dictionary: ContractDictionary | null, handshake: Handshake) {
  const isNothing = handshake.dialect !== 'framed' || handshake.features.length === 0;
  if (!dictionary || isNothing) return nothing;
  const ours = compressionFeatures(dictionary);
  const features = ours.filter((feature) => handshake.features.includes(feature));
  return { features, compression: agreedCompression(features, dictionary) };
}
