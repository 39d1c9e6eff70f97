import type { PresenceChange, PresenceListener, PresenceState } from '../presenceStore.ts';

/** Keeps what it is told of a room: as a log, and what follows from that. */
export class RecordingWatcher implements PresenceListener {
  /** `state`, `+a`, `-a` and `count 3`, in order. */
  readonly log: string[] = [];
  readonly #data = new Map<string, unknown>();
  #count: number | null = null;

  /** `a: 1` for each member and its data, then how many there are; null before it was told. */
  get seen(): readonly string[] | null {
    if (this.#count === null) return null;
    const members = [...this.#data].map(([id, data]) => `${id}: ${JSON.stringify(data)}`);
    return [...members, `${this.#count}`];
  }

  onState({ members, count }: PresenceState): void {
    this.log.push('state');
    this.#data.clear();
    for (const { id, data } of members) this.#data.set(id, data);
    this.#count = count;
  }

  onChange({ entered, left, count }: PresenceChange): void {
    if (this.#count === null) this.log.push('too early');
    if (entered) this.#data.set(entered.id, entered.data);
    if (left !== undefined) this.#data.delete(left);
    this.log.push(entered ? `+${entered.id}` : left === undefined ? `count ${count}` : `-${left}`);
    this.#count = count;
  }
}
