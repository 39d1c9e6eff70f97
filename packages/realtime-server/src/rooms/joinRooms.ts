import type { Broker, ReadResult } from '@roomcast/realtime-broker';
import {
  type Publication,
  RoomcastError,
  type RoomRequest,
  type RoomResult,
  toWireError,
} from '@roomcast/realtime-contract';
import type { Session } from '../session/session.ts';
import { isNewer } from './isNewer.ts';
import type { AuthoriseRooms } from './roomAuthoriser.ts';
import type { RoomFollower, RoomHold } from './roomFollower.ts';

/** The most publications that a join replays at once. */
const maxReplay = 300;

/** The most rooms that one session may be in. */
const maxRoomsPerSession = 1_000;

export interface JoinContext {
  readonly authoriseRooms: AuthoriseRooms;
  readonly broker: Broker;
  readonly follower: RoomFollower;
}

/** What became of a request to join, and what the session has to be sent after the answer. */
export interface JoinOutcome {
  readonly results: readonly RoomResult[];
  readonly replay: readonly Publication[];
}

interface Joining {
  readonly result: RoomResult;
  readonly replay: readonly Publication[];
  readonly hold?: RoomHold;
}

/**
 * Authorises, reads the log and joins, so that the session misses nothing and gets nothing twice.
 *
 * @param answer - called in the same turn in which the session becomes a member: what it writes
 * comes before every later publication. Not called when the session is gone.
 * @throws RoomcastError `LIMIT_EXCEEDED` where the session would be in too many rooms
 */
export async function joinRooms(
  context: JoinContext,
  session: Session,
  requests: readonly RoomRequest[],
  answer: (outcome: JoinOutcome) => void,
): Promise<void> {
  const { connection } = session;
  assertRoomFor(connection.roomCount + requests.length);
  const names = requests.map(({ room }) => room);
  const authorisations = await context.authoriseRooms(session, names);
  const joinings = await Promise.all(
    requests.map((request, index): Promise<Joining> | Joining => {
      const refusal = authorisations[index]?.refusal;
      return refusal
        ? { result: refused(request.room, refusal), replay: [] }
        : prepare(context, request);
    }),
  );
  try {
    if (!connection.isOpen) return;
    const replay = joinings.flatMap((joining) => replayOf(joining, session));
    for (const { hold, result } of joinings) if (hold) connection.join(result.room);
    answer({ results: joinings.map(({ result }) => result), replay });
  } finally {
    for (const { hold } of joinings) hold?.release();
  }
}

/** Holds the room first and reads it then, so that the two overlap and never leave a hole. */
async function prepare(context: JoinContext, request: RoomRequest): Promise<Joining> {
  const { room, position: since } = request;
  let hold: RoomHold | undefined;
  try {
    hold = await context.follower.hold(room);
    const read = await context.broker.read(room, since ?? null, maxReplay);
    const { position } = read;
    if (read.status === 'gap' || isCutShort(read)) {
      return { result: { room, status: 'gap', position, ...gapOf(read, since) }, replay: [], hold };
    }
    const status = since ? 'resumed' : 'fresh';
    return { result: { room, status, position }, replay: read.publications, hold };
  } catch (error) {
    hold?.release();
    return { result: refused(room, error), replay: [] };
  }
}

/** Whether the log has more to say than one replay holds. */
function isCutShort({ publications, position }: Extract<ReadResult, { status: 'continued' }>) {
  const last = publications.at(-1)?.position;
  return publications.length >= maxReplay && last !== undefined && last.offset < position.offset;
}

function gapOf(read: ReadResult, since: RoomRequest['position']) {
  if (read.status === 'continued') {
    const missed = read.position.offset - (since?.offset ?? 0);
    return { reason: 'limit', missed } as const;
  }
  const { reason, missed } = read;
  return { reason, ...(missed !== undefined && { missed }) };
}

function replayOf({ hold, result, replay }: Joining, session: Session): readonly Publication[] {
  if (!hold || result.status === 'refused') return [];
  // A session that is in the room already has been sent what was published meanwhile.
  if (session.connection.isIn(result.room)) return replay;
  return [...replay, ...hold.publications.filter((later) => isNewer(later, result.position))];
}

function refused(room: string, error: unknown): RoomResult {
  return { room, status: 'refused', error: toWireError(error) };
}

function assertRoomFor(roomCount: number): void {
  if (roomCount <= maxRoomsPerSession) return;
  throw new RoomcastError(
    'LIMIT_EXCEEDED',
    `A session may be in ${maxRoomsPerSession} rooms. Leave some before joining more.`,
  );
}
