import { RoomcastError } from '@roomcast/realtime-contract';

/** The keys of a room, in the order in which the scripts expect them, and its channel. */
export interface RoomKeys {
  readonly all: readonly string[];
  readonly news: string;
}

/** What a room's keys are called, behind the room as their hash tag. */
const parts = [
  'meta',
  'log',
  'latest',
  'values',
  'removals',
  'once',
  'once-times',
  'news',
] as const;

/**
 * All keys of a room have the room as their hash tag, so that one node of a cluster has all of them.
 *
 * @throws RoomcastError `INVALID_ROOM` for a name that is no hash tag, or no text that UTF-8 can carry
 */
export function roomKeys(prefix: string, room: string): RoomKeys {
  if (room === '' || room.startsWith('}') || !isWellFormed(room)) {
    throw new RoomcastError(
      'INVALID_ROOM',
      `Expected a room whose name is not empty, does not begin with "}" and has no lone surrogate, got ${JSON.stringify(room)}.`,
    );
  }
  const all = parts.map((part) => `${prefix}:{${room}}:${part}`);
  return { all, news: `${prefix}:{${room}}:news` };
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
