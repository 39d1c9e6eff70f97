import type { PresenceChange, PresenceMember, PresenceState } from '@roomcast/realtime-broker';
import type { PresenceFrame } from '@roomcast/realtime-contract';

/** Who is present in a room, as this node knows it, and what of that has not been told yet. */
export class PresenceMirror {
  readonly #room: string;
  readonly #members = new Map<string, PresenceMember>();
  readonly #entered = new Map<string, PresenceMember>();
  readonly #left = new Set<string>();
  #count = 0;
  #toldCount = 0;
  #isKnown = false;

  constructor(room: string) {
    this.#room = room;
  }

  /** Whether the store has told who is there. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Takes over all of it; what of it is no news is none. */
  setState({ members, count }: PresenceState): void {
    this.#isKnown = true;
    this.#count = count;
    const ids = new Set(members.map(({ id }) => id));
    for (const id of [...this.#members.keys()]) if (!ids.has(id)) this.#remove(id);
    for (const member of members) this.#put(member);
  }

  apply({ entered, left, count }: PresenceChange): void {
    this.#count = count;
    if (left !== undefined) this.#remove(left);
    if (entered) this.#put(entered);
  }

  /** Everybody, for those who know nothing yet. */
  all(): PresenceFrame {
    return { ...this.number(), all: [...this.#members.values()] };
  }

  /** How many there are, for those who want no more. */
  number(): PresenceFrame {
    return { type: 'presence', room: this.#room, count: this.#count };
  }

  /** What has changed since the last time; null where nothing has. */
  takeChanges(): PresenceFrame | null {
    const entered = [...this.#entered.values()];
    const left = [...this.#left];
    if (entered.length + left.length === 0 && this.#count === this.#toldCount) return null;
    this.#entered.clear();
    this.#left.clear();
    this.#toldCount = this.#count;
    return { ...this.number(), entered, left };
  }

  #put(member: PresenceMember): void {
    const known = this.#members.get(member.id);
    this.#members.set(member.id, member);
    if (known && JSON.stringify(known) === JSON.stringify(member)) return;
    this.#left.delete(member.id);
    this.#entered.set(member.id, member);
  }

  #remove(id: string): void {
    if (!this.#members.delete(id)) return;
    this.#entered.delete(id);
    this.#left.add(id);
  }
}
