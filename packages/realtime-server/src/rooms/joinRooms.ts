import type { ReadResult } from '@roomcast/realtime-broker';
import {
  type Clock,
  type Position,
  type ReportError,
  RoomcastError,
  type RoomRequest,
  type RoomResult,
  toWireError,
} from '@roomcast/realtime-contract';
import type { Fanout } from '../fanout/fanout.ts';
import type { AuthenticatedUser, Session } from '../session/session.ts';
import { tokenExpired } from '../session/tokenExpired.ts';
import type { CatchUp } from './catchUp.ts';
import { gapResult } from './gapResult.ts';
import type { AuthoriseRooms } from './roomAuthoriser.ts';
import type { RoomFollower, RoomHold } from './roomFollower.ts';
import type { Page, RoomPages } from './roomPages.ts';
import { unreadable } from './unreadable.ts';

export interface JoinContext {
  readonly authoriseRooms: AuthoriseRooms;
  readonly follower: RoomFollower;
  readonly pages: RoomPages;
  readonly catchUp: CatchUp;
  readonly fanout: Pick<Fanout, 'flush'>;
  readonly clock: Clock;
  readonly report: ReportError;
  /** The most rooms that one session may be in. */
  readonly maxRoomsPerSession: number;
  /** The rooms that a user is never refused for being in too many. */
  automaticRooms(user: AuthenticatedUser | null): readonly string[];
  /** Ends a membership, once the member has been told what there was to tell. */
  leave(session: Session, room: string): void;
  /** Hears what became of every room that a session asked for. */
  onResult(session: Session, result: RoomResult): void;
}

interface Joining {
  readonly result: RoomResult;
  /** Left out where the room was refused. */
  readonly entry?: { readonly hold: RoomHold; readonly page: Page };
}

/**
 * Authorises, reads the log and joins, so that the session misses nothing and gets nothing twice.
 *
 * @param answer - called in the same turn in which the session becomes a member: what it writes
 * comes before everything of the rooms. Not called when the session is gone.
 * @throws RoomcastError `TOKEN_EXPIRED` where the token's time ended meanwhile
 */
export async function joinRooms(
  context: JoinContext,
  session: Session,
  requests: readonly RoomRequest[],
  answer: (results: readonly RoomResult[]) => void,
): Promise<void> {
  const { rightsChanges } = session;
  const names = requests.map(({ room }) => room);
  const authorisations = await context.authoriseRooms(session, names);
  const isBeyondLimit = roomLimit(context, session);
  const joinings = await Promise.all(
    requests.map((request, index): Promise<Joining> | Joining => {
      const refusal = authorisations[index]?.refusal ?? isBeyondLimit(request.room);
      return refusal ? refused(request.room, refusal) : prepare(context, session, request);
    }),
  );
  try {
    if (!session.connection.isOpen) return;
    if (session.isExpired) throw tokenExpired();
    // Taken out of a room, or to be judged anew, since `authorise` was asked.
    if (session.rightsChanges !== rightsChanges) {
      return await joinRooms(context, session, requests, answer);
    }
    complete(context, session, joinings, answer);
  } finally {
    for (const { entry } of joinings) entry?.hold.release();
  }
}

/** In one turn, so that nothing comes between becoming a member and what the log said. */
function complete(
  { catchUp, fanout, follower, leave, onResult }: JoinContext,
  session: Session,
  joinings: readonly Joining[],
  answer: (results: readonly RoomResult[]) => void,
): void {
  const results = joinings.map(({ result }) => result);
  const begins = joinings.flatMap(({ result: { room }, entry }) => {
    fanout.flush(room);
    if (!entry) return [];
    const page = goOn(session, room, entry.page, follower.position(room));
    return () => catchUp.begin(session, room, page, entry.hold);
  });
  session.connection.join(joinings.flatMap(({ result, entry }) => (entry ? result.room : [])));
  answer(results);
  // What is refused to a member ends its membership, in the turn in which it is told.
  for (const { status, room } of results) if (status === 'refused') leave(session, room);
  for (const result of results) onResult(session, result);
  for (const begin of begins) begin();
}

/**
 * A framed client that asks for a room again begins anew, and drops by its offsets what it has. A
 * plain one cannot: where it is in the room it goes on, and only the `latest` values come again.
 *
 * @param live - up to where those that are live in the room have been told its news
 */
function goOn(session: Session, room: string, page: Page, live: Position | null): Page {
  const { read } = page;
  const next = session.lags.get(room)?.since ?? live;
  const isAgain = session.dialect !== 'framed' && session.connection.isIn(room);
  if (!isAgain || !next || read.status === 'gap') return page;
  const since = { ...next, revision: read.since.revision };
  return { ...page, read: { ...read, since, next } };
}

/** Holds the room first and reads it then, so that the two overlap and never leave a hole. */
async function prepare(
  { follower, pages, clock, report }: JoinContext,
  session: Session,
  { room, position: since }: RoomRequest,
): Promise<Joining> {
  let hold: RoomHold | undefined;
  try {
    hold = await follower.hold(room);
    const page = limitReplay(await pages.read(room, since ?? null), since, session.maxReplay);
    const { quietSinceMs } = page.read;
    const quiet = quietSinceMs !== undefined && {
      quietForMs: Math.max(0, clock.now() - quietSinceMs),
    };
    return { result: { ...describe(room, page.read, since), ...quiet }, entry: { hold, page } };
  } catch (error) {
    hold?.release();
    report(error, `reading room "${room}"`);
    return refused(room, unreadable(error));
  }
}

/** What was read after a position; a gap where that is more than the client wants to have. */
function limitReplay(page: Page, since: Position | undefined, maxReplay: number): Page {
  const { position } = page.read;
  const missed = position.offset - (since?.offset ?? position.offset);
  if (!since || page.read.status === 'gap' || missed <= maxReplay) return page;
  const next = { ...position, revision: since.revision };
  return { ...page, read: { status: 'gap', reason: 'limit', missed, next, position } };
}

function describe(room: string, read: ReadResult, since: Position | undefined) {
  if (read.status === 'gap') return gapResult(room, read);
  if (since) return { room, status: 'resumed', position: read.position } as const;
  return { room, status: 'fresh', position: read.since } as const;
}

function refused(room: string, error: unknown): Joining {
  return { result: { room, status: 'refused', error: toWireError(error) } };
}

/** Tells which of the rooms that are asked for one after the other are too many. */
function roomLimit(context: JoinContext, { connection, user }: Session) {
  const { maxRoomsPerSession } = context;
  const automatic = context.automaticRooms(user);
  let roomCount = connection.rooms().length;
  return (room: string): RoomcastError | null => {
    if (connection.isIn(room)) return null;
    roomCount += 1;
    if (roomCount <= maxRoomsPerSession || automatic.includes(room)) return null;
    return new RoomcastError(
      'LIMIT_EXCEEDED',
      `A session may be in ${maxRoomsPerSession} rooms. Leave some before joining more.`,
    );
  };
}
