import type { Position, Publication } from '@roomcast/realtime-contract';
import type { Dialect } from '../dialects/dialect.ts';
import type { CatchUp } from '../rooms/catchUp.ts';
import type { RoomNews } from '../rooms/roomFollower.ts';
import type { DialectName, Session } from '../session/session.ts';
import type { EncodedMessage } from '../socket-io/encodeEvent.ts';
import type { Membership } from '../socket-io/membership.ts';

export interface FanoutHost {
  readonly membership: Membership;
  readonly dialects: Readonly<Record<DialectName, Dialect>>;
  readonly catchUp: Pick<CatchUp, 'pause'>;
  findSession(id: string): Session | undefined;
}

/** Hands news of a room to its members on this node; a publication is encoded once per dialect. */
export class Fanout implements Omit<RoomNews, 'onUnfollow'> {
  readonly #host: FanoutHost;

  constructor(host: FanoutHost) {
    this.#host = host;
  }

  onPublication(publication: Publication): void {
    const { dialects } = this.#host;
    const encoded: Partial<Record<DialectName, EncodedMessage>> = {};
    for (const session of this.#liveSessionsIn(publication.room)) {
      const { dialect } = session;
      encoded[dialect] ??= dialects[dialect].encode([publication]);
      session.connection.write(encoded[dialect]);
    }
  }

  onGap(room: string, since: Position): void {
    for (const session of this.#liveSessionsIn(room)) {
      this.#host.catchUp.pause(session, room, since);
    }
  }

  /** Not those that are behind or have no valid token: what they miss here they get from the log. */
  *#liveSessionsIn(room: string): Generator<Session> {
    for (const id of this.#host.membership.members(room)) {
      const session = this.#host.findSession(id);
      if (session && !session.isExpired && !session.lags.has(room)) yield session;
    }
  }
}
