import type { RoomPublication } from '@roomcast/realtime-client';
import type { Position } from '@roomcast/realtime-contract';

/** A position with the room whose log it is of. */
export interface RoomPosition {
  readonly room: string;
  readonly position: Position;
}

/** Whether who stands at `known` has had everything up to `position`. */
export function covers(known: Position, { epoch, offset, revision }: Position): boolean {
  return epoch === known.epoch && offset <= known.offset && revision <= known.revision;
}

/** The least that a position has to be to have a publication; null where none does. */
export function positionOf({ epoch, delivery, counter }: RoomPublication): Position | null {
  if (delivery === 'volatile') return null;
  const isLatest = delivery === 'latest';
  return { epoch, offset: isLatest ? 0 : counter, revision: isLatest ? counter : 0 };
}

/** The least position that covers both; null where only a later fetch does. */
export function laterOf(one: Position | null, other: Position | null): Position | null {
  if (!one || !other || one.epoch !== other.epoch) return one && other;
  return {
    epoch: other.epoch,
    offset: Math.max(one.offset, other.offset),
    revision: Math.max(one.revision, other.revision),
  };
}
