import {
  type Clock,
  encodeHistory,
  parseHistoryRequest,
  type RoomRequest,
  type RoomResult,
  toWireError,
} from '@roomcast/realtime-contract';
import type { MockAccess } from './mockAccess.ts';
import type { MockLogs } from './mockLogs.ts';
import { gapResult, pageLimits, type RoomRead, readRoom } from './readRoom.ts';

export interface RoomsToRead {
  readonly clock: Clock;
  readonly logs: MockLogs;
  readonly access: MockAccess;
}

/** What becomes of rooms that are asked for, and what the logs say of those that are let into. */
export function readRooms(
  { clock, logs, access }: RoomsToRead,
  requests: readonly RoomRequest[],
  { user, maxReplay }: { readonly user: string | null; readonly maxReplay: number },
): { readonly results: readonly RoomResult[]; readonly reads: ReadonlyMap<string, RoomRead> } {
  const reads = new Map<string, RoomRead>();
  const results = requests.map((request): RoomResult => {
    const { room } = request;
    const refusal = access.refusalOf(room, user);
    if (refusal) return { room, status: 'refused', error: toWireError(refusal) };
    const most = logs.takeLimit(room) ? 0 : maxReplay;
    const joining = readRoom(logs.use(room), request, { maxReplay: most, nowMs: clock.now() });
    reads.set(room, joining.read);
    return joining.result;
  });
  return { results, reads };
}

/**
 * A piece of a room's log, as the wire has it.
 *
 * @throws RoomcastError: the refusal, or `INVALID_ROOM`
 */
export function readHistory(
  { logs, access }: RoomsToRead,
  argument: unknown,
  user: string | null,
): unknown {
  const { room, since, limit } = parseHistoryRequest(argument);
  const refusal = access.refusalOf(room, user);
  if (refusal) throw refusal;
  const read = logs.use(room).read(since, { ...pageLimits, maxPublications: limit });
  if (read.status === 'gap') return gapResult(room, read);
  return encodeHistory(read.publications, read.next, read.position);
}
