import type { Lobby } from './presenceContract.ts';

/** What the others are to see of a member. */
export interface ExpectedMember {
  readonly userId: string;
  readonly version: number;
}

/** A time in which a member is to be there for everybody. */
export interface Stay {
  readonly name: string;
  readonly lobby: Lobby;
  readonly fromMs: number;
  /** Infinity as long as it lasts. */
  readonly toMs: number;
}

/** Who should be where. A lost connection changes nothing, as its client comes back. */
export class PresenceModel {
  readonly #present = new Map<Lobby, Map<string, ExpectedMember>>();
  readonly #open = new Map<string, Omit<Stay, 'toMs'>>();
  readonly #ended: Stay[] = [];

  /** Enters, or tells something else of itself. */
  enter(name: string, lobby: Lobby, member: ExpectedMember, atMs: number): void {
    const members = this.#present.get(lobby) ?? new Map<string, ExpectedMember>();
    this.#present.set(lobby, members.set(name, member));
    const key = `${lobby} ${name}`;
    if (!this.#open.has(key)) this.#open.set(key, { name, lobby, fromMs: atMs });
  }

  leave(name: string, lobby: Lobby, atMs: number): void {
    this.#present.get(lobby)?.delete(name);
    const key = `${lobby} ${name}`;
    const open = this.#open.get(key);
    this.#open.delete(key);
    if (open) this.#ended.push({ ...open, toMs: atMs });
  }

  /** Is gone for good, from everywhere. */
  vanish(name: string, atMs: number): void {
    for (const lobby of this.#present.keys()) this.leave(name, lobby, atMs);
  }

  members(lobby: Lobby): ReadonlyMap<string, ExpectedMember> {
    return this.#present.get(lobby) ?? new Map();
  }

  isIn(name: string, lobby: Lobby): boolean {
    return this.members(lobby).has(name);
  }

  stays(): readonly Stay[] {
    const open = [...this.#open.values()].map((stay) => ({ ...stay, toMs: Infinity }));
    return [...this.#ended, ...open];
  }
}
