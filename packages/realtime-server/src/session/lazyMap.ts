/** A map that takes no memory while it is empty, as those of most sessions always are. */
export class LazyMap<Key, Value> {
  #entries: Map<Key, Value> | null = null;

  get size(): number {
    return this.#entries?.size ?? 0;
  }

  has(key: Key): boolean {
    return this.#entries?.has(key) ?? false;
  }

  get(key: Key): Value | undefined {
    return this.#entries?.get(key);
  }

  set(key: Key, value: Value): void {
    this.#entries ??= new Map();
    this.#entries.set(key, value);
  }

  delete(key: Key): void {
    this.#entries?.delete(key);
    if (this.size === 0) this.#entries = null;
  }

  /** The entry whose key was set first. */
  first(): [Key, Value] | undefined {
    return this.#entries?.entries().next().value;
  }
}
