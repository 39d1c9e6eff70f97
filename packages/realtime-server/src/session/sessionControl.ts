import {
  invokeGuarded,
  type ReportError,
  RoomcastError,
  toWireError,
} from '@roomcast/realtime-contract';
import type { Dialect } from '../dialects/dialect.ts';
import type { AuthoriseRooms } from '../rooms/roomAuthoriser.ts';
import type { EncodedMessage } from '../socket-io/encodeEvent.ts';
import { inSlices } from './inSlices.ts';
import type { Revocation } from './revocation.ts';
import { type Revocations, tokenRevoked } from './revocations.ts';
import type { DialectName, Session } from './session.ts';
import type { SessionRegistry } from './sessionRegistry.ts';

export interface SessionControlHost {
  readonly sessions: SessionRegistry;
  readonly revocations: Revocations;
  readonly dialects: Readonly<Record<DialectName, Dialect>>;
  readonly authoriseRooms: AuthoriseRooms;
  readonly report: ReportError;
  /** Ends a membership, once the member has been told what there was to tell. */
  leave(session: Session, room: string): void;
}

/** By how much the clocks of two nodes may differ without a session outliving its revocation. */
const clockToleranceMs = 5_000;

/** For so many sessions at once `authorise` is asked. */
const sessionsAtOnce = 200;

/**
 * What the server does to sessions against their will. Membership always ends before the message, and
 * for all of them before the first is told: to tell and to close takes much longer.
 */
export class SessionControl {
  readonly #host: SessionControlHost;

  constructor(host: SessionControlHost) {
    this.#host = host;
  }

  /** Takes a session out of a room and tells it why. */
  evict(session: Session, room: string, reason: RoomcastError): void {
    if (!session.connection.isIn(room)) return;
    this.#host.leave(session, room);
    const error = toWireError(reason);
    this.#host.dialects[session.dialect].tellRoom(session, { room, status: 'refused', error });
  }

  /**
   * Ends a session and tells it why.
   *
   * @param retryAfterMs - the least that it is to wait before it comes back
   */
  end(session: Session, reason: RoomcastError, retryAfterMs?: number): void {
    this.#endAll([session], reason, retryAfterMs);
  }

  /** Asks again for every room of a session whether it may be there. */
  async reauthorise(session: Session): Promise<void> {
    session.rightsChanges += 1;
    await this.#judge(session);
  }

  async reauthoriseUser(userId: string): Promise<void> {
    const sessions = this.#host.sessions.ofUser(userId);
    for (const session of sessions) session.rightsChanges += 1;
    await inSlices(sessions, (session) => this.#judge(session));
  }

  /** Asks again for every room of everybody, a part after the other. */
  async reauthoriseAll(): Promise<void> {
    const sessions = this.#host.sessions.all();
    for (let start = 0; start < sessions.length; start += sessionsAtOnce) {
      const part = sessions.slice(start, start + sessionsAtOnce);
      await Promise.all(part.map((session) => this.reauthorise(session)));
    }
  }

  revokeUser(userId: string): Revocation {
    const revocation = this.#host.revocations.addUser(userId);
    this.#endAll(this.#host.sessions.ofUser(userId), tokenRevoked());
    return revocation;
  }

  revokeToken(tokenId: string): Revocation {
    const revocation = this.#host.revocations.addToken(tokenId);
    this.#endAll(this.#withToken(tokenId), tokenRevoked());
    return revocation;
  }

  expireToken(tokenId: string): Revocation {
    const revocation = this.#host.revocations.expireToken(tokenId);
    for (const session of this.#withToken(tokenId)) session.expire();
    return revocation;
  }

  /** Does here what another node has refused; nothing where that is known. */
  apply(revocation: Revocation): void {
    const { sessions, revocations } = this.#host;
    if (!revocations.add(revocation)) return;
    const { kind, id, atMs } = revocation;
    if (kind === 'expired-token') {
      for (const session of this.#withToken(id)) session.expire();
      return;
    }
    // It may come late: whoever has logged in again since stays.
    const isOlder = ({ user }: Session) =>
      user?.issuedAtMs === undefined || user.issuedAtMs <= atMs + clockToleranceMs;
    const ended = kind === 'user' ? sessions.ofUser(id).filter(isOlder) : this.#withToken(id);
    this.#endAll(ended, tokenRevoked());
  }

  /** Closes the connections of a user, who may come back and go on. */
  disconnectUser(userId: string): void {
    const sessions = this.#host.sessions.ofUser(userId);
    for (const { connection } of sessions) connection.silence();
    this.#close(sessions, ({ connection }) => connection.close());
  }

  evictUser(room: string, userId: string): void {
    const reason = new RoomcastError('FORBIDDEN', 'The session was taken out of the room.');
    for (const session of this.#host.sessions.ofUser(userId)) {
      session.rightsChanges += 1;
      this.evict(session, room, reason);
    }
  }

  #endAll(sessions: readonly Session[], reason: RoomcastError, retryAfterMs?: number): void {
    const { dialects } = this.#host;
    const error = toWireError(reason);
    for (const session of sessions) {
      session.endedWith = reason.code;
      for (const room of session.connection.rooms()) this.#host.leave(session, room);
      session.connection.silence();
    }
    // Encoded once for all of a dialect.
    const words = new Map<DialectName, EncodedMessage>();
    this.#close(sessions, ({ connection, dialect }) => {
      const message = words.get(dialect) ?? dialects[dialect].encodeEnd(error, retryAfterMs);
      words.set(dialect, message);
      connection.close(message);
    });
  }

  /** Nobody waits for it: what fails is reported, and keeps no other connection open. */
  #close(sessions: readonly Session[], close: (session: Session) => void): void {
    const { report } = this.#host;
    void inSlices(sessions, (session) => invokeGuarded(() => close(session), 'close', report));
  }

  async #judge(session: Session): Promise<void> {
    const rooms = session.connection.rooms();
    const authorisations = await this.#host.authoriseRooms(session, rooms);
    for (const { name, refusal } of authorisations) {
      if (refusal) this.evict(session, name, refusal);
    }
  }

  #withToken(tokenId: string): readonly Session[] {
    return this.#host.sessions.all().filter(({ user }) => user?.tokenId === tokenId);
  }
}
