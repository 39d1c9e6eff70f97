import { RoomcastError } from '@roomcast/realtime-contract';
import { createMemoryPresenceStore } from '../../createMemoryPresenceStore.ts';
import type { PresenceBounds } from '../../presenceBounds.ts';
import type { PresenceStore } from '../../presenceStore.ts';

/**
 * Stores of several processes that share their data in memory.
 *
 * @returns opens the store of a further process
 */
export function sharedPresences(bounds: PresenceBounds): () => PresenceStore {
  const data = createMemoryPresenceStore(bounds);
  return () => {
    let isClosed = false;
    const held = new Map<string, () => Promise<void>>();
    const stops: (() => void)[] = [];
    const whileOpen = <Value>(task: () => Value): Value => {
      if (isClosed) throw new RoomcastError('CLOSED', 'The store is closed.');
      return task();
    };
    return {
      enter: async (room, member, holder) =>
        whileOpen(async () => {
          held.set(`${member.id} in ${room}`, () => data.leave(room, member.id, holder));
          await data.enter(room, member, holder);
        }),
      leave: async (...args) => whileOpen(() => data.leave(...args)),
      watch: (room, listener) =>
        whileOpen(() => {
          const stop = data.watch(room, listener);
          stops.push(stop);
          return stop;
        }),
      read: async (room) => whileOpen(() => data.read(room)),
      occupancy: async (rooms) => whileOpen(() => data.occupancy(rooms)),
      async close() {
        if (isClosed) return;
        isClosed = true;
        for (const stop of stops) stop();
        for (const leave of held.values()) await leave();
      },
    };
  };
}
