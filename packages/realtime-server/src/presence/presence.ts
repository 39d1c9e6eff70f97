import type { PresenceStore } from '@roomcast/realtime-broker';
import {
  type AnyContract,
  type Clock,
  maxPresenceBytes,
  type PresenceAnswer,
  type PresenceFrame,
  type PresenceRequest,
  type ReportError,
  RoomcastError,
  validate,
} from '@roomcast/realtime-contract';
import { runWithin, type TimeLimit } from '../callbacks/runWithin.ts';
import type { Session } from '../session/session.ts';
import { tokenExpired } from '../session/tokenExpired.ts';
import type { EncodedMessage } from '../socket-io/encodeEvent.ts';
import { LocalMembers } from './localMembers.ts';
import { memberId } from './memberId.ts';
import { PresenceFollowers } from './presenceFollowers.ts';

export interface PresenceOptions {
  readonly contract: AnyContract;
  readonly store: PresenceStore;
  readonly clock: Clock;
  readonly report: ReportError;
  readonly graceMs: number;
  readonly windowMs: number;
  /** How long it may take to check what a member tells of itself, in milliseconds. */
  readonly timeoutMs: number;
  encode(frame: PresenceFrame): EncodedMessage;
}

/** Who is present in the rooms, for the sessions of this node. It follows their membership. */
export class Presence {
  readonly #contract: AnyContract;
  readonly #limit: TimeLimit;
  readonly #members: LocalMembers;
  readonly #followers: PresenceFollowers;

  constructor(options: PresenceOptions) {
    const { contract, clock, timeoutMs } = options;
    this.#contract = contract;
    this.#limit = { clock, timeoutMs, tooLate: unchecked };
    this.#members = new LocalMembers(options);
    this.#followers = new PresenceFollowers(options);
  }

  /**
   * Makes a session present in a room, or absent, and lets it hear who is.
   *
   * @param answer - called in the same turn, before anything is told of the room
   * @throws RoomcastError `INVALID_ROOM`, `FORBIDDEN`, `INVALID_PAYLOAD`, `TOKEN_EXPIRED` or
   * `INTERNAL` where the schema takes too long
   */
  async set(
    session: Session,
    { room, follow, member }: PresenceRequest,
    answer: (answer: PresenceAnswer) => void,
  ): Promise<void> {
    const parsed = this.#contract.parseRoom(room);
    const schema = parsed && this.#contract.rooms[parsed.kind]?.presence;
    if (!schema) throw new RoomcastError('INVALID_ROOM', 'No room with presence has this name.');
    assertIn(session, room);
    const check = () => validate(schema, member?.data, 'presence');
    const data = member && ((await runWithin(this.#limit, check)) ?? null);
    if (member) assertSmall(data);
    // In the turns since.
    assertIn(session, room);
    if (session.isExpired) throw tokenExpired();
    const id = member ? memberId(room, session.user?.id ?? null, member.key) : null;
    answer({ id });
    if (id === null) this.#members.leave(session, room);
    else this.#members.enter(session, room, { id, data });
    this.#followers.follow(session, room, follow);
  }

  /** The session is in the room no more. */
  left(session: Session, room: string): void {
    this.#members.leave(session, room);
    this.#followers.unfollow(session, room);
  }

  /** The session's connection is gone, by its own will or not. */
  ended(session: Session, reason: string): void {
    this.#followers.lose(session);
    if (reason === 'client namespace disconnect') this.#members.leaveAll(session);
    else this.#members.lose(session);
  }

  /** The session has a valid token again. */
  resume(session: Session): void {
    this.#followers.resume(session);
  }

  /** Takes the members of this node out of their rooms, and leaves no timer. */
  close(): void {
    this.#followers.close();
    this.#members.close();
  }
}

function assertIn({ connection }: Session, room: string): void {
  if (connection.isOpen && connection.isIn(room)) return;
  throw new RoomcastError('FORBIDDEN', 'The session is not in this room. Join it first.');
}

function unchecked(): RoomcastError {
  return new RoomcastError('INTERNAL', 'What the member tells of itself was not checked in time.');
}

function assertSmall(data: unknown): void {
  const bytes = Buffer.byteLength(JSON.stringify(data));
  if (bytes <= maxPresenceBytes) return;
  const text = `What a member tells of itself may take ${maxPresenceBytes} bytes of JSON, and has ${bytes}.`;
  throw new RoomcastError('INVALID_PAYLOAD', text);
}
