import type { Clock } from '@roomcast/realtime-contract';

/** The least time between two renderings of the panel, in milliseconds: more than anybody reads. */
const renderMs = 100;

/** Tells of changes at most ten times a second, in the shape that `useSyncExternalStore` reads. */
export class ChangeSignal {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #version = 0;
  #lastAtMs = Number.NEGATIVE_INFINITY;
  #isScheduled = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  subscribe = (onChange: () => void): (() => void) => {
    const listener = () => onChange();
    this.#listeners.add(listener);
    // What happened while nobody looked.
    this.#version += 1;
    return () => void this.#listeners.delete(listener);
  };

  getVersion = (): number => this.#version;

  /** Costs nothing while nobody looks. */
  change(): void {
    if (this.#isScheduled || this.#listeners.size === 0) return;
    this.#isScheduled = true;
    const waitMs = Math.min(renderMs, this.#lastAtMs + renderMs - this.#clock.now());
    this.#clock.schedule(() => this.#tell(), Math.max(0, waitMs));
  }

  #tell(): void {
    this.#isScheduled = false;
    this.#lastAtMs = this.#clock.now();
    this.#version += 1;
    for (const listener of [...this.#listeners]) listener();
  }
}
