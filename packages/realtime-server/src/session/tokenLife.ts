import { type CancelTimer, type Clock, RoomcastError } from '@roomcast/realtime-contract';
import type { Dialect } from '../dialects/dialect.ts';
import type { Fanout } from '../fanout/fanout.ts';
import type { ClientPlaces } from '../limits/clientPlaces.ts';
import type { CatchUp } from '../rooms/catchUp.ts';
import type { RoomFollower } from '../rooms/roomFollower.ts';
import type { Authentication } from './createAuthentication.ts';
import type { Revocations } from './revocations.ts';
import type { AuthenticatedUser, DialectName, Session } from './session.ts';
import type { SessionControl } from './sessionControl.ts';
import { tokenExpired } from './tokenExpired.ts';

export interface TokenLifeHost {
  readonly authenticate: Authentication;
  readonly revocations: Pick<Revocations, 'assertValid'>;
  readonly control: Pick<SessionControl, 'end' | 'reauthorise'>;
  readonly catchUp: Pick<CatchUp, 'resume'>;
  readonly fanout: Pick<Fanout, 'flush'>;
  readonly follower: Pick<RoomFollower, 'position'>;
  readonly places: Pick<ClientPlaces, 'login'>;
  readonly dialects: Readonly<Record<DialectName, Dialect>>;
  readonly clock: Clock;
  /** How long a connection without a valid token is kept. */
  readonly graceMs: number;
}

/** What happens to a session when its token's time is over, and when another token comes. */
export class TokenLife {
  readonly #host: TokenLifeHost;
  readonly #graces = new WeakMap<Session, CancelTimer>();

  constructor(host: TokenLifeHost) {
    this.#host = host;
  }

  /** Writes what was published while the token was valid, to a session that is about to expire. */
  flush({ connection }: Session): void {
    for (const room of connection.rooms()) this.#host.fanout.flush(room);
  }

  /** Stops delivery in every room where it stands, and waits for another token. */
  expire(session: Session): void {
    const { follower, dialects, control, clock, graceMs } = this.#host;
    if (!session.hasBegun) {
      // Nobody is kept waiting for another token before anything was said.
      control.end(session, tokenExpired());
      return;
    }
    const { connection, lags } = session;
    for (const room of connection.rooms()) {
      const since = follower.position(room);
      if (since && !lags.has(room)) lags.set(room, { since });
    }
    dialects[session.dialect].tellExpired(session, graceMs);
    const cancelTimer = clock.schedule(() => control.end(session, neverRenewed()), graceMs);
    // One listener, however many tokens a connection outlives.
    if (!this.#graces.has(session)) connection.onClose(() => this.#graces.get(session)?.());
    this.#graces.set(session, cancelTimer);
  }

  /**
   * Gives a session another token of its user, or a guest a user; every room is authorised again.
   *
   * @throws RoomcastError the refusal of the token; `FORBIDDEN` for a token of another user;
   * `CONNECTION_LIMIT` where a guest becomes a user with too many connections
   */
  async renew(session: Session, token: unknown): Promise<AuthenticatedUser> {
    const user = await this.#host.authenticate(parseToken(token));
    if (session.user && session.user.id !== user.id) {
      throw new RoomcastError(
        'FORBIDDEN',
        'This connection belongs to another user. Open a new one.',
      );
    }
    // In the turns since it was looked at, it may have been revoked.
    this.#host.revocations.assertValid(user);
    // One that is gone has given its place back.
    if (session.connection.isOpen) this.#host.places.login(session.place, user.id);
    session.login(user);
    await this.#host.control.reauthorise(session);
    session.revive();
    if (session.isExpired) return user;
    this.#graces.get(session)?.();
    void this.#host.catchUp.resume(session);
    return user;
  }
}

function parseToken(token: unknown): string {
  if (typeof token === 'string' && token !== '') return token;
  throw new RoomcastError('AUTHENTICATION_FAILED', 'Expected the token as a non-empty string.');
}

function neverRenewed(): RoomcastError {
  return new RoomcastError('TOKEN_EXPIRED', 'The token is past its expiry, and no other came.');
}
