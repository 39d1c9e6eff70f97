import { RoomcastError, toWireError } from '@roomcast/realtime-contract';
import type { Dialect } from '../dialects/dialect.ts';
import type { AuthoriseRooms } from '../rooms/roomAuthoriser.ts';
import { type Revocations, tokenRevoked } from './revocations.ts';
import type { DialectName, Session } from './session.ts';
import type { SessionRegistry } from './sessionRegistry.ts';

export interface SessionControlHost {
  readonly sessions: SessionRegistry;
  readonly revocations: Revocations;
  readonly dialects: Readonly<Record<DialectName, Dialect>>;
  readonly authoriseRooms: AuthoriseRooms;
  /** Ends a membership, once the member has been told what there was to tell. */
  leave(session: Session, room: string): void;
}

/** What the server does to sessions against their will. Membership always ends before the message. */
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
    session.endedWith = reason.code;
    for (const room of session.connection.rooms()) this.#host.leave(session, room);
    this.#host.dialects[session.dialect].tellEnd(session, toWireError(reason), retryAfterMs);
    session.connection.close();
  }

  /** Asks again for every room of a session whether it may be there. */
  async reauthorise(session: Session): Promise<void> {
    session.rightsChanges += 1;
    const rooms = session.connection.rooms();
    const authorisations = await this.#host.authoriseRooms(session, rooms);
    for (const { name, refusal } of authorisations) {
      if (refusal) this.evict(session, name, refusal);
    }
  }

  async reauthoriseUser(userId: string): Promise<void> {
    const sessions = this.#host.sessions.ofUser(userId);
    await Promise.all(sessions.map((session) => this.reauthorise(session)));
  }

  revokeUser(userId: string): void {
    this.#host.revocations.addUser(userId);
    for (const session of this.#host.sessions.ofUser(userId)) this.end(session, tokenRevoked());
  }

  revokeToken(tokenId: string): void {
    this.#host.revocations.addToken(tokenId);
    for (const session of this.#withToken(tokenId)) this.end(session, tokenRevoked());
  }

  expireToken(tokenId: string): void {
    this.#host.revocations.expireToken(tokenId);
    for (const session of this.#withToken(tokenId)) session.expire();
  }

  evictUser(room: string, userId: string): void {
    const reason = new RoomcastError('FORBIDDEN', 'The session was taken out of the room.');
    for (const session of this.#host.sessions.ofUser(userId)) {
      session.rightsChanges += 1;
      this.evict(session, room, reason);
    }
  }

  #withToken(tokenId: string): readonly Session[] {
    return this.#host.sessions.all().filter(({ user }) => user?.tokenId === tokenId);
  }
}
