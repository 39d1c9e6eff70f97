import type { Broker } from '@roomcast/realtime-broker';
import { encodeHistory, type HistoryRequest } from '@roomcast/realtime-contract';
import type { Session } from '../session/session.ts';
import { tokenExpired } from '../session/tokenExpired.ts';
import type { ReplayBudget } from './replayBudget.ts';
import type { AuthoriseRooms } from './roomAuthoriser.ts';
import { maxPageBytes } from './roomPages.ts';
import { unreadable } from './unreadable.ts';

export interface HistoryContext {
  readonly authoriseRooms: AuthoriseRooms;
  readonly broker: Broker;
  readonly budget: ReplayBudget;
}

/**
 * A piece of a room's log for a session that need not be in the room, as the wire has it.
 *
 * @throws RoomcastError as for a join; `TOKEN_EXPIRED` where the token's time ended meanwhile
 */
export async function readHistory(
  context: HistoryContext,
  session: Session,
  request: HistoryRequest,
): Promise<Readonly<Record<string, unknown>>> {
  const { authoriseRooms, broker, budget } = context;
  const { room, since, limit } = request;
  const { rightsChanges } = session;
  const [authorisation] = await authoriseRooms(session, [room]);
  if (authorisation?.refusal) throw authorisation.refusal;
  const limits = { maxPublications: limit, maxBytes: maxPageBytes };
  const read = await broker.read(room, since, limits).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  if (session.isExpired) throw tokenExpired();
  // To be judged anew since `authorise` was asked.
  if (session.rightsChanges !== rightsChanges) return readHistory(context, session, request);
  const { next, position } = read;
  if (read.status === 'gap') {
    const { status, reason, missed } = read;
    return { status, reason, ...(missed !== undefined && { missed }), position: next };
  }
  const answer = encodeHistory(read.publications, next, position);
  const bytes = read.publications.length > 0 ? Buffer.byteLength(JSON.stringify(answer)) : 0;
  if (await budget.take(session, bytes)) return answer;
  const missed = position.offset - since.offset;
  return { status: 'gap', reason: 'limit', missed, position };
}
