import type { RoomLog } from '@roomcast/realtime-broker/log';
import {
  maxPagePublications,
  type Position,
  type RoomRequest,
  type RoomResult,
} from '@roomcast/realtime-contract';

/** What one page holds: as much as one of the server. */
export const pageLimits: Parameters<RoomLog['read']>[1] = {
  maxPublications: maxPagePublications,
  maxBytes: 262_144,
};

/** What a log says after a position. */
export type RoomRead = ReturnType<RoomLog['read']>;

/** What becomes of a room that is asked for, and the first page of what follows. */
export interface Joining {
  readonly result: RoomResult;
  readonly read: RoomRead;
}

/** @param maxReplay - the most publications that the client wants replayed */
export function readRoom(
  log: RoomLog,
  { room, position: since }: RoomRequest,
  { maxReplay, nowMs }: { readonly maxReplay: number; readonly nowMs: number },
): Joining {
  const read = limitReplay(log.read(since ?? null, pageLimits), since, maxReplay);
  const { quietSinceMs = nowMs } = read;
  const quiet = { quietForMs: Math.max(0, nowMs - quietSinceMs) };
  return { read, result: { ...describe(room, read, since), ...quiet } };
}

export function gapResult(
  room: string,
  { reason, missed, next }: Extract<RoomRead, { status: 'gap' }>,
): Extract<RoomResult, { status: 'gap' }> {
  return {
    ...{ room, status: 'gap', position: next, reason },
    ...(missed !== undefined && { missed }),
  };
}

/** A gap where more was missed than the client wants to have. */
function limitReplay(read: RoomRead, since: Position | undefined, maxReplay: number): RoomRead {
  const { position } = read;
  const missed = position.offset - (since?.offset ?? position.offset);
  if (!since || read.status === 'gap' || missed <= maxReplay) return read;
  const next = { ...position, revision: since.revision };
  return { status: 'gap', reason: 'limit', missed, next, position };
}

function describe(room: string, read: RoomRead, since: Position | undefined): RoomResult {
  if (read.status === 'gap') return gapResult(room, read);
  if (since) return { room, status: 'resumed', position: read.position };
  return { room, status: 'fresh', position: read.since };
}
