import { encodeHandshake, parseFrame } from '@roomcast/realtime-contract';
import type { Dialogue } from '../load/dialogue.ts';
import { benchContract } from '../peers/benchContract.ts';

/** Who connects. Both of stock's ask the same server. */
export const connectors = ['ours', 'stock', 'stockAtOnce'] as const;

export type Connector = (typeof connectors)[number];

/** Connects with a token and joins rooms, as a client of each does. */
export const connectDialogues: Readonly<
  Record<Connector, (token: string, rooms: readonly string[]) => Dialogue>
> = {
  ours: connectOurs,
  stock: (token, rooms) => connectStock(token, rooms, 1),
  stockAtOnce: (token, rooms) => connectStock(token, rooms, rooms.length),
};

/** Everything is in the CONNECT, and in its answer. */
function connectOurs(token: string, rooms: readonly string[]): Dialogue {
  const { version: contractVersion, fingerprint } = benchContract;
  const auth = encodeHandshake({
    ...{ dialect: 'framed', token, contractVersion, fingerprint, features: [] },
    rooms: rooms.map((room) => ({ room })),
  });
  return {
    hear(message) {
      if (message.startsWith('0')) return [`40${JSON.stringify(auth)}`];
      if (message.startsWith('40')) return [];
      const frame = message.startsWith('4W') ? parseFrame(message.slice(1)) : null;
      const isIn =
        frame?.type === 'welcome' && frame.rooms.every(({ status }) => status === 'fresh');
      if (isIn && frame.rooms.length === rooms.length) return null;
      throw new Error(`Expected a welcome to ${rooms.length} rooms, got ${message}`);
    },
  };
}

/** @param atOnce - how many joins may wait for their answer; 1 is an `await` for each */
function connectStock(token: string, rooms: readonly string[], atOnce: number): Dialogue {
  const joins = rooms.map((room, id) => `42${id}${JSON.stringify(['join', room])}`);
  let joined = 0;
  return {
    hear(message) {
      if (message.startsWith('0')) return [`40${JSON.stringify({ token })}`];
      if (message.startsWith('40')) return joins.splice(0, atOnce);
      if (!message.startsWith(`43${joined}[{"ok":true}`)) {
        throw new Error(`Expected to be let into a room, got ${message}`);
      }
      joined += 1;
      return joined === rooms.length ? null : joins.splice(0, 1);
    },
  };
}
