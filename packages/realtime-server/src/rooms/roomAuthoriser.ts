import { type AnyContract, type ParsedRoom, RoomcastError } from '@roomcast/realtime-contract';
import type { SessionInfo } from '../session/session.ts';

/**
 * Decides which rooms a session may join: one answer for each room, in order. Asked for rooms with
 * `authorised` access only, and with all of a request at once.
 */
export type Authorise<Kind extends string = string> = (
  session: SessionInfo,
  rooms: readonly ParsedRoom<Kind>[],
) => readonly boolean[] | Promise<readonly boolean[]>;

/** The name of a room, or why the session may not join it. */
export type Authorisation =
  | { readonly name: string; readonly parsed: ParsedRoom }
  | { readonly name: string; readonly refusal: RoomcastError };

/**
 * Authorises all rooms of a request in one step.
 *
 * A user's own room of the kind `user` needs no answer of `authorise`, and nobody else's is ever
 * asked for. When `authorise` fails, every room that depends on it is refused.
 */
export async function authoriseRooms(
  contract: AnyContract,
  authorise: Authorise,
  session: SessionInfo,
  names: readonly string[],
): Promise<readonly Authorisation[]> {
  const decided = names.map((name) => decideByAccess(contract, session, name));
  const asked = decided.filter((entry) => entry.isAsked).map((entry) => entry.parsed);
  const answers = asked.length > 0 ? [...(await authorise(session, asked))] : [];
  return decided.map((entry) => {
    if (!entry.isAsked) return entry.authorisation;
    // Only `true` admits: a missing or truthy answer of a faulty callback does not.
    return answers.shift() === true
      ? { name: entry.name, parsed: entry.parsed }
      : { name: entry.name, refusal: forbidden(entry.parsed) };
  });
}

type Decision =
  | { readonly isAsked: false; readonly authorisation: Authorisation }
  | { readonly isAsked: true; readonly name: string; readonly parsed: ParsedRoom };

function decideByAccess(contract: AnyContract, session: SessionInfo, name: string): Decision {
  const parsed = contract.parseRoom(name);
  if (!parsed) {
    return refused(
      name,
      new RoomcastError('INVALID_ROOM', 'No room of the contract has this name.'),
    );
  }
  const access = contract.rooms[parsed.kind]?.access ?? 'authorised';
  const granted: Decision = { isAsked: false, authorisation: { name, parsed } };
  if (access === 'public') return granted;
  if (!session.user) {
    return refused(
      name,
      new RoomcastError('UNAUTHENTICATED', `Rooms of kind "${parsed.kind}" need a user.`),
    );
  }
  if (access === 'authenticated') return granted;
  if (parsed.kind === 'user') {
    const isOwn = Object.values(parsed.params).every((value) => value === session.user?.id);
    return isOwn ? granted : refused(name, forbidden(parsed));
  }
  return { isAsked: true, name, parsed };
}

function refused(name: string, refusal: RoomcastError): Decision {
  return { isAsked: false, authorisation: { name, refusal } };
}

function forbidden(parsed: ParsedRoom): RoomcastError {
  return new RoomcastError(
    'FORBIDDEN',
    `The session may not join this room of kind "${parsed.kind}".`,
  );
}
