import type { AnyContract, Clock, FramedMember } from '@roomcast/realtime-contract';
import { assertWholeNumbers } from '../assertWholeNumbers.ts';
import { otherMembers, selfId } from './otherMembers.ts';
import { presenceData } from './presenceData.ts';
import { presenceSchema } from './presenceSchema.ts';
import { validateNow } from './validateNow.ts';

/** How long the client's member outlives a connection that is lost: as long as with the server. */
const graceMs = 5_000;

interface PresentRoom {
  /** In the order in which they entered. */
  readonly members: Map<string, FramedMember>;
  /** How many there are who are not listed. */
  unlisted: number;
  /** When the connection was lost that had the client's member; null while it has one. */
  lostAtMs: number | null;
}

/** Who is present in a room. */
export interface PresentMembers {
  readonly members: readonly FramedMember[];
  /** Those who are not listed included. */
  readonly count: number;
}

/** Who is present in which room: those whom the test has there, and the client where it says so. */
export class MockPresence {
  readonly #contract: AnyContract;
  readonly #clock: Clock;
  readonly #rooms = new Map<string, PresentRoom>();

  constructor(contract: AnyContract, clock: Clock) {
    this.#contract = contract;
    this.#clock = clock;
  }

  /**
   * Says who else is in a room from now on.
   *
   * @throws InvalidPayloadError; RoomcastError `INVALID_ROOM`, `INVALID_PAYLOAD` or `INVALID_CONFIG`
   */
  setOthers(name: string, given: Parameters<typeof otherMembers>[0], unlisted: number): void {
    const schema = presenceSchema(this.#contract, name);
    assertWholeNumbers(0, { unlisted });
    const others = otherMembers(given).map((member) => ({
      ...member,
      data: presenceData(validateNow(schema, member.data, 'presence')),
    }));
    const room = this.#use(name);
    const ids = new Set([selfId, ...others.map(({ id }) => id)]);
    for (const id of [...room.members.keys()]) if (!ids.has(id)) room.members.delete(id);
    for (const member of others) room.members.set(member.id, member);
    room.unlisted = unlisted;
  }

  /** The client is present, or has other data now. */
  enter(name: string, member: Omit<FramedMember, 'id'>): void {
    const room = this.#use(name);
    room.lostAtMs = null;
    room.members.set(selfId, { ...member, id: selfId });
  }

  leave(name: string): void {
    this.#rooms.get(name)?.members.delete(selfId);
  }

  leaveAll(): void {
    for (const name of this.#rooms.keys()) this.leave(name);
  }

  /** The client's connection is lost. Whoever is back within the grace was never gone. */
  lose(): void {
    for (const room of this.#rooms.values()) room.lostAtMs ??= this.#clock.now();
  }

  read(name: string): PresentMembers {
    const { members, unlisted } = this.#use(name);
    return { members: [...members.values()], count: members.size + unlisted };
  }

  #use(name: string): PresentRoom {
    const room = this.#rooms.get(name) ?? { members: new Map(), unlisted: 0, lostAtMs: null };
    this.#rooms.set(name, room);
    const { lostAtMs } = room;
    if (lostAtMs !== null && this.#clock.now() - lostAtMs >= graceMs) room.members.delete(selfId);
    return room;
  }
}
