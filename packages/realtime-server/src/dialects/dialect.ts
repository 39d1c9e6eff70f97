import type {
  HistoryRequest,
  PresenceAnswer,
  PresenceRequest,
  Publication,
  RoomRequest,
  RoomResult,
  WireError,
} from '@roomcast/realtime-contract';
import type { AuthenticatedUser, Session } from '../session/session.ts';
import type { Request } from '../socket-io/connection.ts';
import type { EncodedMessage } from '../socket-io/encodeEvent.ts';

/** One wire format. The dialects are the only files that know the wire's event names. */
export interface Dialect {
  /** Publications of one room and epoch as they are written to every session of this dialect. */
  encode(publications: readonly [Publication, ...Publication[]]): EncodedMessage;
  /**
   * The same made smaller, without blocking the loop for long; null where it would not be. Sessions
   * of the dialect read both.
   */
  compress?(publications: readonly [Publication, ...Publication[]]): Promise<EncodedMessage> | null;
  /** Begins a session: joins what it asked for and says what became of it. */
  start(session: Session, requests: readonly RoomRequest[]): Promise<void>;
  /** Tells a session of a room that broke or ended. */
  tellRoom(session: Session, result: RoomResult): void;
  /** Tells a session that its token is over, and how long the server waits for another. */
  tellExpired(session: Session, graceMs: number): void;
  /** Why a session ends now, and how long it is to wait before it comes back; may be nothing. */
  encodeEnd(error: WireError, retryAfterMs?: number): EncodedMessage;
  /** Whether a name is a request of this dialect; every other one is an action. */
  handles(name: string): boolean;
  /** Whether a request of this dialect is answered although the session's token is over. */
  handlesExpired(name: string): boolean;
  /**
   * Does what a request asks and resolves with the value of its acknowledgement. It acknowledges
   * by itself where the answer must come before something else that it writes.
   *
   * @throws RoomcastError for a refusal
   */
  handle(session: Session, request: Request): Promise<unknown>;
}

/** What a dialect needs of the server to do its work. */
export interface DialectHost {
  join(
    session: Session,
    requests: readonly RoomRequest[],
    answer: (results: readonly RoomResult[]) => void,
  ): Promise<void>;
  leave(session: Session, room: string): void;
  /** Goes on with another token. */
  renew(session: Session, token: unknown): Promise<AuthenticatedUser>;
  history(session: Session, request: HistoryRequest): Promise<unknown>;
  /** Makes a session present in a room, or absent; answers before it is told anything of that. */
  setPresence(
    session: Session,
    request: PresenceRequest,
    answer: (answer: PresenceAnswer) => void,
  ): Promise<void>;
  now(): number;
}
