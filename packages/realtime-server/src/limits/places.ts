/** Counts who is there under each key, up to a limit; a key that nobody holds takes no memory. */
export class Places {
  readonly #limit: number;
  readonly #taken = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many keys have a place taken. */
  get size(): number {
    return this.#taken.size;
  }

  /** Takes a place; false, and nothing taken, where there is none left. */
  take(key: string): boolean {
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= this.#limit) return false;
    this.#taken.set(key, taken + 1);
    return true;
  }

  /** Gives a place back; to be called once for each that was taken. */
  give(key: string): void {
    const left = (this.#taken.get(key) ?? 0) - 1;
    if (left > 0) this.#taken.set(key, left);
    else this.#taken.delete(key);
  }
}
