import type { Membership } from '../socket-io/membership.ts';

/** Who is in which room, set by the test. */
export interface FakeMembership extends Membership {
  add(room: string, id: string): void;
  remove(room: string, id: string): void;
}

export function createFakeMembership(): FakeMembership {
  const rooms = new Map<string, Set<string>>();
  const listeners: ((room: string) => void)[] = [];
  return {
    members: (room) => rooms.get(room) ?? [],
    has: (room) => rooms.has(room),
    rooms: () => [...rooms.keys()],
    onEmpty: (listener) => void listeners.push(listener),
    add(room, id) {
      rooms.set(room, (rooms.get(room) ?? new Set()).add(id));
    },
    remove(room, id) {
      const members = rooms.get(room);
      members?.delete(id);
      if (members?.size !== 0) return;
      rooms.delete(room);
      for (const listener of listeners) listener(room);
    },
  };
}
