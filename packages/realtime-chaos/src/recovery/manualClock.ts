import { type CancelTimer, type Clock, systemClock } from '@roomcast/realtime-contract';

interface Timer {
  readonly callback: () => void;
  readonly dueMs: number;
}

/** A clock that stands still until it is told to move. */
export class ManualClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #fromMs: number;
  #nowMs: number;

  /** @param fromMs - shorter timers run as on any machine: they gather, and decide nothing */
  constructor(nowMs: number, fromMs = 0) {
    this.#nowMs = nowMs;
    this.#fromMs = fromMs;
  }

  now(): number {
    return this.#nowMs;
  }

  schedule(callback: () => void, delayMs: number): CancelTimer {
    if (delayMs < this.#fromMs) return systemClock.schedule(callback, delayMs);
    const timer = { callback, dueMs: this.#nowMs + delayMs };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** When the next timer falls due; infinitely late where there is none. */
  get nextDueMs(): number {
    return Math.min(...[...this.#timers].map(({ dueMs }) => dueMs));
  }

  /** Lets time pass, and calls back whatever falls due in it, in order. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let next = this.#next(untilMs); next; next = this.#next(untilMs)) {
      this.#timers.delete(next);
      this.#nowMs = next.dueMs;
      next.callback();
    }
    this.#nowMs = untilMs;
  }

  #next(untilMs: number): Timer | undefined {
    const due = [...this.#timers].filter(({ dueMs }) => dueMs <= untilMs);
    return due.toSorted((a, b) => a.dueMs - b.dueMs)[0];
  }
}
