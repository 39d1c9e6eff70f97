import type { Dialogue } from './dialogue.ts';

export interface StockDialogueOptions {
  /** A guest when left out. */
  readonly token?: string;
  readonly rooms: readonly string[];
  /** How many joins may wait for their answer. @default 1: an `await` for each */
  readonly atOnce?: number;
}

/** Connects to stock with a token, and asks for one room after the other. */
export function stockDialogue({ token, rooms, atOnce = 1 }: StockDialogueOptions): Dialogue {
  const joins = rooms.map((room, id) => `42${id}${JSON.stringify(['join', room])}`);
  let joined = 0;
  return {
    hear(message) {
      if (message.startsWith('0')) return [`40${JSON.stringify({ token })}`];
      if (message.startsWith('40')) return rooms.length > 0 ? joins.splice(0, atOnce) : null;
      if (!message.startsWith(`43${joined}[{"ok":true}`)) {
        throw new Error(`Expected to be let into a room, got ${message}`);
      }
      joined += 1;
      return joined === rooms.length ? null : joins.splice(0, 1);
    },
  };
}
