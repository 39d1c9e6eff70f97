import type { Position } from '../contract/publication.ts';
import type { WireError } from '../errors/wireError.ts';
import { type GapReason, gapReasons } from './gapReason.ts';
import { isRecord } from './isRecord.ts';
import { isCounter, parsePosition } from './position.ts';

/**
 * What became of one room that a client asked for.
 *
 * - `fresh`: joined; the client named no position. What follows begins after `position`.
 * - `resumed`: joined; everything since the client's position follows, up to `position` and on.
 * - `gap`: joined; what was missed cannot be replayed, for this reason. What follows begins after
 *   `position`.
 * - `refused`: not joined.
 */
export type RoomResult =
  | {
      readonly room: string;
      readonly status: 'fresh' | 'resumed';
      readonly position: Position;
      /** How long nothing has been published; left out where it is not known. */
      readonly quietForMs?: number;
    }
  | {
      readonly room: string;
      readonly status: 'gap';
      readonly position: Position;
      readonly reason: GapReason;
      /** How many reliable publications were missed; left out where the epoch changed. */
      readonly missed?: number;
      readonly quietForMs?: number;
    }
  | { readonly room: string; readonly status: 'refused'; readonly error: WireError };

/** A room result from the wire, or null for anything that is not one. */
export function parseRoomResult(value: unknown): RoomResult | null {
  if (!isRecord(value) || typeof value.room !== 'string') return null;
  const { room, status } = value;
  if (status === 'refused') return parseRefused(room, value.error);
  const position = parsePosition(value.position);
  if (!position) return null;
  const quiet = isCounter(value.quietForMs) && { quietForMs: value.quietForMs };
  if (status === 'fresh' || status === 'resumed') return { room, status, position, ...quiet };
  const reason = gapReasons.find((known) => known === value.reason);
  if (status !== 'gap' || !reason) return null;
  return {
    room,
    status,
    position,
    reason,
    ...(isCounter(value.missed) && { missed: value.missed }),
    ...quiet,
  };
}

function parseRefused(room: string, error: unknown): RoomResult | null {
  if (!isRecord(error) || typeof error.code !== 'string') return null;
  const message = typeof error.message === 'string' ? error.message : error.code;
  return { room, status: 'refused', error: { code: error.code, message } };
}
