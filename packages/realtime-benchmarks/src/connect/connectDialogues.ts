import type { Dialogue } from '../load/dialogue.ts';
import { framedDialogue } from '../load/framedDialogue.ts';
import { stockDialogue } from '../load/stockDialogue.ts';
import { benchContract as contract } from '../peers/benchContract.ts';

/**
 * Who connects. All but ours ask the same server; the bare one neither authenticates nor joins:
 * whoever is built on Socket.IO pays what it pays.
 */
export const connectors = ['ours', 'stock', 'stockAtOnce', 'bare'] as const;

export type Connector = (typeof connectors)[number];

/** Connects with a token and joins rooms, as a client of each does. */
export const connectDialogues: Readonly<
  Record<Connector, (token: string, rooms: readonly string[]) => Dialogue>
> = {
  ours: (token, rooms) => framedDialogue({ contract, token, rooms }),
  stock: (token, rooms) => stockDialogue({ token, rooms }),
  stockAtOnce: (token, rooms) => stockDialogue({ token, rooms, atOnce: rooms.length }),
  bare: () => stockDialogue({ rooms: [] }),
};
