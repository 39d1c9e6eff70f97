import type { Clock } from '@roomcast/realtime-contract';

/** When something was, and what was before it: many things happen in one millisecond. */
export interface Moment {
  readonly order: number;
  readonly atMs: number;
}

/** Before everything that was seen. */
export const unknownMoment: Moment = { order: 0, atMs: Number.NEGATIVE_INFINITY };

/** Gives moments in their order. */
export class Moments {
  readonly #clock: Clock;
  #order = 0;
  #turnOrder: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(): Moment {
    this.#beginTurn();
    this.#order += 1;
    return { order: this.#order, atMs: this.#clock.now() };
  }

  /**
   * The last moment before this synchronous turn, in which nothing can have arrived. Components
   * begin to fetch and to listen in any order, but in one turn.
   */
  beforeTurn(): Moment {
    return { order: this.#beginTurn(), atMs: this.#clock.now() };
  }

  #beginTurn(): number {
    if (this.#turnOrder === null) {
      this.#order += 1;
      this.#turnOrder = this.#order;
      queueMicrotask(() => {
        this.#turnOrder = null;
      });
    }
    return this.#turnOrder;
  }
}
