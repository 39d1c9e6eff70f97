import type { GapReason, Position, Publication } from '@roomcast/realtime-contract';
import type { Dialect } from '../dialects/dialect.ts';
import type { RoomNews } from '../rooms/roomFollower.ts';
import type { DialectName, Session } from '../session/session.ts';
import type { EncodedMessage } from '../socket-io/encodeEvent.ts';
import type { Membership } from '../socket-io/membership.ts';

/** Hands news of a room to its members on this node; a publication is encoded once per dialect. */
export class Fanout implements RoomNews {
  readonly #membership: Membership;
  readonly #dialects: Readonly<Record<DialectName, Dialect>>;
  readonly #findSession: (id: string) => Session | undefined;

  constructor(
    membership: Membership,
    dialects: Readonly<Record<DialectName, Dialect>>,
    findSession: (id: string) => Session | undefined,
  ) {
    this.#membership = membership;
    this.#dialects = dialects;
    this.#findSession = findSession;
  }

  onPublication(publication: Publication): void {
    const encoded: Partial<Record<DialectName, EncodedMessage>> = {};
    for (const session of this.#sessionsIn(publication.room)) {
      const { dialect } = session;
      encoded[dialect] ??= this.#dialects[dialect].encode(publication);
      session.connection.write(encoded[dialect]);
    }
  }

  onGap(room: string, reason: GapReason, position: Position): void {
    for (const session of this.#sessionsIn(room)) {
      this.#dialects[session.dialect].tellRoom(session, { room, status: 'gap', reason, position });
    }
  }

  *#sessionsIn(room: string): Generator<Session> {
    for (const id of this.#membership.members(room)) {
      const session = this.#findSession(id);
      if (session) yield session;
    }
  }
}
