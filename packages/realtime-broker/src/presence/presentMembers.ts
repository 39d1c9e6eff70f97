import type { PresenceChange, PresenceMember, PresenceState } from './presenceStore.ts';

interface HeldMember {
  readonly member: PresenceMember;
  readonly text: string;
  readonly holder: string;
  readonly isListed: boolean;
}

/** The members of one room. */
export class PresentMembers {
  readonly #members = new Map<string, HeldMember>();
  readonly #maxMembers: number;
  #listed = 0;

  constructor(maxMembers: number) {
    this.#maxMembers = maxMembers;
  }

  get count(): number {
    return this.#members.size;
  }

  get state(): PresenceState {
    const listed = [...this.#members.values()].filter(({ isListed }) => isListed);
    return { members: listed.map(({ member }) => member), count: this.count };
  }

  /** @returns what changed; null where nobody sees a difference */
  enter(member: PresenceMember, holder: string): PresenceChange | null {
    const { id } = member;
    const known = this.#members.get(id);
    const isListed = known?.isListed || this.#listed < this.#maxMembers;
    const text = JSON.stringify([member.userId, member.data]);
    this.#members.set(id, { member, text, holder, isListed });
    if (isListed && !known?.isListed) this.#listed += 1;
    if (known && known.text === text && known.isListed === isListed) return null;
    if (!isListed) return known ? null : { count: this.count };
    return { entered: member, count: this.count };
  }

  leave(id: string, holder: string): PresenceChange | null {
    const known = this.#members.get(id);
    if (known?.holder !== holder) return null;
    this.#members.delete(id);
    if (!known.isListed) return { count: this.count };
    this.#listed -= 1;
    return { left: id, count: this.count };
  }
}
