/** When what is published, whatever the server does: an open model. */
export interface Schedule {
  /** Publications a second, over all rooms. */
  readonly perSecond: number;
  /** How many, over all rooms. */
  readonly publications: number;
  /** How many rooms take turns. */
  readonly rooms: number;
}

/** One publication of a schedule. */
export interface Slot {
  /** Which room, from 0. */
  readonly room: number;
  /** Counts the publications of the room, from 1. */
  readonly sequence: number;
  /** When it is due, in microseconds after the start. */
  readonly dueUs: number;
}

/** @param index - counts the publications of the schedule, from 0 */
export function slotAt({ perSecond, rooms }: Schedule, index: number): Slot {
  return {
    room: index % rooms,
    sequence: Math.floor(index / rooms) + 1,
    dueUs: (index / perSecond) * 1_000_000,
  };
}

/** How many publications a room gets. */
export function publicationsOf({ publications, rooms }: Schedule, room: number): number {
  return Math.floor(publications / rooms) + (room < publications % rooms ? 1 : 0);
}
