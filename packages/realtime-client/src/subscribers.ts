import { invokeGuarded, type ReportError } from '@roomcast/realtime-contract';

/** Callbacks that hear of something; one that throws is reported and hurts no other. */
export class Subscribers<Value> {
  readonly #callbacks = new Set<{ readonly call: (value: Value) => void }>();
  readonly #pending: { readonly value: Value }[] = [];
  readonly #source: string;
  readonly #report: ReportError;

  constructor(source: string, report: ReportError) {
    this.#source = source;
    this.#report = report;
  }

  get size(): number {
    return this.#callbacks.size;
  }

  /** @returns a function that ends the subscription, harmless when called twice */
  add(callback: (value: Value) => void): () => void {
    // An object of its own for each: the same function may subscribe twice.
    const entry = { call: callback };
    this.#callbacks.add(entry);
    return () => void this.#callbacks.delete(entry);
  }

  /** Calls back everybody. What a callback brings about in turn is told when all have heard this. */
  notify(value: Value): void {
    if (this.#callbacks.size === 0) return;
    this.#pending.push({ value });
    if (this.#pending.length > 1) return;
    for (let next = this.#pending[0]; next; next = this.#pending[0]) {
      this.#call(next.value);
      this.#pending.shift();
    }
  }

  #call(value: Value): void {
    for (const entry of [...this.#callbacks]) {
      if (!this.#callbacks.has(entry)) continue;
      invokeGuarded(() => entry.call(value), this.#source, this.#report);
    }
  }
}
