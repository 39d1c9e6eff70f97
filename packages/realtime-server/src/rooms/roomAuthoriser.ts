import {
  type AnyContract,
  type Clock,
  type ParsedRoom,
  type ReportError,
  RoomcastError,
} from '@roomcast/realtime-contract';
import { runWithin } from '../callbacks/runWithin.ts';
import type { SessionInfo } from '../session/session.ts';

/**
 * Decides which rooms a session may join: one answer for each room, in order. Asked for rooms with
 * `authorised` access only, and with all of a request at once.
 */
export type Authorise<Kind extends string = string> = (
  session: SessionInfo,
  rooms: readonly ParsedRoom<Kind>[],
) => readonly boolean[] | Promise<readonly boolean[]>;

/** The name of a room, and why the session may not join it, if it may not. */
interface Authorisation {
  readonly name: string;
  readonly refusal?: RoomcastError;
}

export interface AuthoriserOptions {
  readonly contract: AnyContract;
  readonly authorise: Authorise;
  readonly clock: Clock;
  /** The most that `authorise` may take. */
  readonly timeoutMs: number;
  readonly report: ReportError;
}

/**
 * Authorises all rooms of a request in one step: one authorisation for each name, in order. It never
 * rejects; when `authorise` fails or takes too long, every room that depends on it is refused.
 */
export type AuthoriseRooms = (
  session: SessionInfo,
  names: readonly string[],
) => Promise<readonly Authorisation[]>;

/**
 * What asks the `authorise` option. A user's own room of the kind `user` needs no answer of it, and
 * nobody else's is ever asked for.
 */
export function createRoomAuthoriser(options: AuthoriserOptions): AuthoriseRooms {
  const { contract, authorise, clock, timeoutMs, report } = options;
  const tooLate = () => new Error(`\`authorise\` gave no answer within ${timeoutMs} ms.`);

  async function ask({ id, user, dialect }: SessionInfo, rooms: readonly ParsedRoom[]) {
    try {
      const answers = await runWithin({ clock, timeoutMs, tooLate }, () =>
        authorise({ id, user, dialect }, rooms),
      );
      // Only `true` admits: a missing or truthy answer of a faulty callback does not.
      return rooms.map((room, index) => (answers[index] === true ? null : forbidden(room)));
    } catch (cause) {
      report(cause, 'authorise');
      return rooms.map(() => new RoomcastError('INTERNAL', 'Authorisation failed.', { cause }));
    }
  }

  return async (session, names) => {
    const decisions = names.map((name) => decideByAccess(contract, session, name));
    const asked = decisions.flatMap(({ ask }) => ask ?? []);
    const refusals = asked.length > 0 ? await ask(session, asked) : [];
    return decisions.map((decision, index) => {
      const name = names[index] ?? '';
      const refusal = decision.ask ? refusals[asked.indexOf(decision.ask)] : decision.refusal;
      return refusal ? { name, refusal } : { name };
    });
  };
}

/** Decided by the contract alone; `ask` holds the room where `authorise` has the last word. */
interface Decision {
  readonly refusal?: RoomcastError;
  readonly ask?: ParsedRoom;
}

function decideByAccess(contract: AnyContract, { user }: SessionInfo, name: string): Decision {
  const room = contract.parseRoom(name);
  if (!room) {
    return {
      refusal: new RoomcastError('INVALID_ROOM', 'No room of the contract has this name.'),
    };
  }
  const access = contract.rooms[room.kind]?.access ?? 'authorised';
  if (access === 'public') return {};
  if (!user) {
    return {
      refusal: new RoomcastError('UNAUTHENTICATED', `Rooms of kind "${room.kind}" need a user.`),
    };
  }
  if (access === 'authenticated') return {};
  if (room.kind !== 'user') return { ask: room };
  const isOwn = Object.values(room.params).every((value) => value === user.id);
  return isOwn ? {} : { refusal: forbidden(room) };
}

function forbidden({ kind }: ParsedRoom): RoomcastError {
  return new RoomcastError('FORBIDDEN', `The session may not join this room of kind "${kind}".`);
}
