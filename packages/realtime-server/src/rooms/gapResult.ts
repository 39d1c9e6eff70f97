import type { GapReason, Position, RoomResult } from '@roomcast/realtime-contract';

/** The result of a room in which something was missed that does not follow. */
export function gapResult(
  room: string,
  gap: { readonly reason: GapReason; readonly missed?: number; readonly next: Position },
): RoomResult {
  const { reason, missed, next: position } = gap;
  return { room, status: 'gap', position, reason, ...(missed !== undefined && { missed }) };
}
