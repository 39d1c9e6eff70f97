import type { HeldMember, RedisPresence } from './redisPresence.ts';

/** The members that this process has, so that they are there whatever Redis has lost or missed. */
export class HeldMembers {
  readonly #presence: Pick<RedisPresence, 'enter' | 'leave'>;
  readonly #held = new Map<string, HeldMember>();
  /** Those that have left while Redis could not be asked. */
  readonly #left = new Map<string, HeldMember>();

  constructor(presence: Pick<RedisPresence, 'enter' | 'leave'>) {
    this.#presence = presence;
  }

  /** @param alive - resolves once others know that this process is alive: nobody may enter before */
  async enter(held: HeldMember, alive: Promise<void>): Promise<void> {
    const name = nameOf(held.room, held.member.id);
    this.#held.set(name, held);
    await alive;
    // It may have left meanwhile, or changed.
    if (this.#held.get(name) === held) await this.#presence.enter(held, false);
  }

  async leave(room: string, id: string, holder: string): Promise<void> {
    const name = nameOf(room, id);
    const held = this.#held.get(name);
    if (held?.holder === holder) this.#held.delete(name);
    const left = held ?? { room, member: { id, userId: null, data: null }, holder };
    this.#left.set(`${name} ${holder}`, { ...left, holder });
    await this.#presence.leave(room, id, holder);
    this.#left.delete(`${name} ${holder}`);
  }

  /** Makes Redis true again: it may have been away, or have lost what it knew. */
  async restore(): Promise<void> {
    for (const [name, { room, member, holder }] of [...this.#left]) {
      await this.#presence.leave(room, member.id, holder);
      this.#left.delete(name);
    }
    for (const [name, held] of [...this.#held]) {
      if (this.#held.get(name) === held) await this.#presence.enter(held, true);
    }
  }

  clear(): void {
    this.#held.clear();
    this.#left.clear();
  }
}

function nameOf(room: string, id: string): string {
  return JSON.stringify([room, id]);
}
