import type { RoomKindName } from './authorisationContract.ts';

const roles = ['guest', 'member', 'staff', 'admin'] as const;
type Role = (typeof roles)[number];

export interface Person {
  readonly id: string;
  role: Role;
  /** The ids of the teams that it belongs to. */
  readonly teams: Set<string>;
}

export interface PlacedRoom {
  readonly name: string;
  readonly kind: RoomKindName;
  readonly id: string;
}

const people = 50;
const guests = 5;
const teams = 100;

/** Everybody and every room, and who may see what: the oracle, and what the server's `authorise` asks. */
export class Company {
  readonly people: readonly Person[];
  readonly rooms: readonly PlacedRoom[];
  readonly #byName: ReadonlyMap<string, PlacedRoom>;
  readonly #byId: ReadonlyMap<string, Person>;

  constructor() {
    this.people = Array.from({ length: people }, (_, index) => ({
      id: `p${index}`,
      role: index < guests ? 'guest' : (roles[1 + (index % 3)] ?? 'member'),
      teams: new Set(Array.from({ length: 3 }, (_, turn) => `${(index * 7 + turn * 31) % teams}`)),
    }));
    const rooms = (kind: RoomKindName, count: number) =>
      Array.from({ length: count }, (_, id) => ({ name: `${kind}-${id}`, kind, id: `${id}` }));
    this.rooms = [
      ...rooms('notice', 20),
      ...rooms('lounge', 20),
      ...rooms('team', teams),
      ...rooms('staff', 10),
      ...this.people.map(({ id }) => ({ name: `user-${id}`, kind: 'user' as const, id })),
    ];
    this.#byName = new Map(this.rooms.map((room) => [room.name, room]));
    this.#byId = new Map(this.people.map((person) => [person.id, person]));
  }

  room(name: string): PlacedRoom | undefined {
    return this.#byName.get(name);
  }

  person(id: string): Person | undefined {
    return this.#byId.get(id);
  }

  /** Whether somebody may see a room now; nobody may see one that there is not. */
  maySee({ id, role, teams }: Person, name: string): boolean {
    const room = this.#byName.get(name);
    if (!room) return false;
    if (room.kind === 'notice') return true;
    if (role === 'guest') return false;
    if (room.kind === 'lounge') return true;
    if (room.kind === 'user') return room.id === id;
    if (room.kind === 'staff') return role !== 'member';
    return role === 'admin' || teams.has(room.id);
  }
}
