import { isRecord } from '@roomcast/realtime-contract';

/** Which epoch of one broker is which of another: each has one, and none has two. */
export class EpochPairs {
  readonly #others = new Map<unknown, unknown>();

  /** What one says with the epochs of the other, where the two are paired already or can be. */
  translate(one: unknown, other: unknown): unknown {
    if (Array.isArray(one)) {
      return one.map((item, index) =>
        this.translate(item, Array.isArray(other) ? other[index] : undefined),
      );
    }
    if (!isRecord(one)) return one;
    const others = isRecord(other) ? other : {};
    return Object.fromEntries(
      Object.entries(one).map(([name, value]) => [
        name,
        // A payload may have anything, an epoch too.
        name === 'epoch'
          ? this.#pair(value, others[name])
          : name === 'payload'
            ? value
            : this.translate(value, others[name]),
      ]),
    );
  }

  #pair(epoch: unknown, other: unknown): unknown {
    if (!this.#others.has(epoch) && ![...this.#others.values()].includes(other)) {
      this.#others.set(epoch, other);
    }
    return this.#others.get(epoch) ?? epoch;
  }
}
