import type { Broker } from '@roomcast/realtime-broker';
import {
  type AnyContract,
  type Publication,
  type RoomRequest,
  type RoomResult,
  toWireError,
} from '@roomcast/realtime-contract';
import type { Session } from '../session/session.ts';
import { isNewer } from './isNewer.ts';
import { type Authorise, authoriseRooms } from './roomAuthoriser.ts';
import type { RoomFollower, RoomHold } from './roomFollower.ts';

/** The most publications that a join replays at once. */
const maxReplay = 300;

export interface JoinContext {
  readonly contract: AnyContract;
  readonly authorise: Authorise;
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
 */
export async function joinRooms(
  context: JoinContext,
  session: Session,
  requests: readonly RoomRequest[],
  answer: (outcome: JoinOutcome) => void,
): Promise<void> {
  const names = requests.map(({ room }) => room);
  const authorisations = await authoriseRooms(context.contract, context.authorise, session, names);
  const joinings = await Promise.all(
    requests.map((request, index): Promise<Joining> | Joining => {
      const authorisation = authorisations[index];
      return authorisation && 'parsed' in authorisation
        ? prepare(context, request)
        : { result: refused(request.room, authorisation?.refusal), replay: [] };
    }),
  );
  try {
    if (!session.connection.isOpen) return;
    for (const { hold, result } of joinings) if (hold) session.connection.join(result.room);
    answer({
      results: joinings.map(({ result }) => result),
      replay: joinings.flatMap((joining) => [...joining.replay, ...publishedMeanwhile(joining)]),
    });
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
    if (read.status === 'gap') {
      const { reason, missed } = read;
      const gap = { status: 'gap', reason, ...(missed !== undefined && { missed }) } as const;
      return { result: { room, position, ...gap }, replay: [], hold };
    }
    const status = since ? 'resumed' : 'fresh';
    return { result: { room, status, position }, replay: read.publications, hold };
  } catch (error) {
    hold?.release();
    return { result: refused(room, error), replay: [] };
  }
}

function publishedMeanwhile({ hold, result }: Joining): readonly Publication[] {
  if (!hold || result.status === 'refused') return [];
  return hold.publications.filter((publication) => isNewer(publication, result.position));
}

function refused(room: string, error: unknown): RoomResult {
  return { room, status: 'refused', error: toWireError(error) };
}
