import type { Position } from '../contract/publication.ts';
import { isRecord } from './isRecord.ts';
import { parsePosition } from './position.ts';

/** Where the log of one room stands. */
export interface RoomPosition {
  readonly room: string;
  readonly position: Position;
}

/** A room's position from the wire, or null for anything that is not one. */
export function parseRoomPosition(value: unknown): RoomPosition | null {
  if (!isRecord(value) || typeof value.room !== 'string') return null;
  const position = parsePosition(value.position);
  return position && { room: value.room, position };
}
