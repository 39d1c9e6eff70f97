import type { Dialogue } from '../load/dialogue.ts';
import { framedDialogue } from '../load/framedDialogue.ts';
import { stockDialogue } from '../load/stockDialogue.ts';
import { benchContract as contract } from '../peers/benchContract.ts';

/** Who connects. Both of stock's ask the same server. */
export const connectors = ['ours', 'stock', 'stockAtOnce'] as const;

export type Connector = (typeof connectors)[number];

/** Connects with a token and joins rooms, as a client of each does. */
export const connectDialogues: Readonly<
  Record<Connector, (token: string, rooms: readonly string[]) => Dialogue>
> = {
  ours: (token, rooms) => framedDialogue({ contract, token, rooms }),
  stock: (token, rooms) => stockDialogue({ token, rooms, atOnce: 1 }),
  stockAtOnce: (token, rooms) => stockDialogue({ token, rooms, atOnce: rooms.length }),
};
