/** Callbacks as the client keeps them: the same function may be added twice. */
export class Callbacks<Value> {
  readonly #all = new Set<{ readonly call: (value: Value) => void }>();

  get size(): number {
    return this.#all.size;
  }

  add(call: (value: Value) => void): () => void {
    const entry = { call };
    this.#all.add(entry);
    return () => void this.#all.delete(entry);
  }

  notify(value: Value): void {
    for (const { call } of [...this.#all]) call(value);
  }
}
