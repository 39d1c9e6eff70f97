import { type AnyContract, RoomcastError } from '@roomcast/realtime-contract';
import { assertOneOf } from './assertOneOf.ts';

const roomRefusals = ['FORBIDDEN', 'UNAUTHENTICATED', 'LIMIT_EXCEEDED', 'INTERNAL'] as const;

/** Why a server may refuse a room. */
export type MockRoomRefusal = (typeof roomRefusals)[number];

/** Who may join which rooms: as the contract says, except for those that the test refuses. */
export class MockAccess {
  readonly #contract: AnyContract;
  readonly #refused = new Map<string, MockRoomRefusal>();

  constructor(contract: AnyContract) {
    this.#contract = contract;
  }

  /** @throws RoomcastError `INVALID_CONFIG` for a code that no room is refused with */
  refuse(room: string, code: MockRoomRefusal): RoomcastError {
    assertOneOf('code', roomRefusals, code);
    this.#refused.set(room, code);
    return refusal(room, code);
  }

  admit(room: string): void {
    this.#refused.delete(room);
  }

  /** The rooms that a session is in without asking. */
  automaticRooms(user: string | null): readonly string[] {
    if (user === null) return [];
    const { rooms } = this.#contract;
    return [
      ...(rooms.user ? [this.#contract.formatRoom('user', { userId: user })] : []),
      ...(rooms.global ? [this.#contract.formatRoom('global', {})] : []),
    ];
  }

  /** Why a session may not join a room, if it may not. A room that is `authorised` is open to users. */
  refusalOf(room: string, user: string | null): RoomcastError | null {
    const parsed = this.#contract.parseRoom(room);
    if (!parsed) return new RoomcastError('INVALID_ROOM', `The contract has no room "${room}".`);
    const code = this.#refused.get(room);
    if (code) return refusal(room, code);
    const { kind, params } = parsed;
    const access = this.#contract.rooms[kind]?.access ?? 'authorised';
    if (access === 'public') return null;
    if (user === null) {
      return new RoomcastError('UNAUTHENTICATED', `Rooms of kind "${kind}" need a user.`);
    }
    const isOthers = kind === 'user' && access === 'authorised' && params.userId !== user;
    return isOthers ? refusal(room, 'FORBIDDEN') : null;
  }
}

function refusal(room: string, code: MockRoomRefusal): RoomcastError {
  return new RoomcastError(code, `The session may not join "${room}".`);
}
