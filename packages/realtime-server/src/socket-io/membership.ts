import type { Namespace } from 'socket.io';

/** Who is in which room. Socket.IO's adapter is the only place where that is kept. */
export interface Membership {
  /** The ids of the connections in a room. */
  members(room: string): Iterable<string>;
  has(room: string): boolean;
  /** The names of the rooms that have members. */
  rooms(): readonly string[];
  /** Calls back when a room's last member is gone. */
  onEmpty(listener: (room: string) => void): void;
}

export function adaptMembership(namespace: Namespace): Membership {
  const { adapter } = namespace;
  return {
    members: (room) => adapter.rooms.get(room) ?? [],
    has: (room) => adapter.rooms.has(room),
    // Every connection has a room of its own, named after its id.
    rooms: () => [...adapter.rooms.keys()].filter((name) => !adapter.sids.has(name)),
    onEmpty: (listener) => void adapter.on('delete-room', listener),
  };
}
