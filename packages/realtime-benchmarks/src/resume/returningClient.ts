import type { Dialogue } from '../load/dialogue.ts';

/** One client that is in a room, hears of it, is cut off and comes back. */
export interface ReturningClient {
  /** Whether it has heard an event, so that it can say where it stands. */
  readonly hasPlace: boolean;
  /** Connects and joins the room. */
  join(): Dialogue;
  /** Comes back and has what it missed; throws where anything of it is missing. */
  resume(missed: number): Dialogue;
}
