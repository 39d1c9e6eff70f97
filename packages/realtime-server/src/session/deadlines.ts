import type { CancelTimer, Clock } from '@roomcast/realtime-contract';

/** How late a deadline may be told, so that many share one timer, in milliseconds. */
const resolutionMs = 250;

/** Something that has to be told when a time is over. */
export interface Expiring {
  expire(): void;
}

interface Turn {
  readonly waiting: Set<Expiring>;
  readonly cancelTimer: CancelTimer;
}

/**
 * Tells each of many when its time is over, at most a quarter of a second late. Tokens
 * expire at as many different moments as there are clients, and a timer for each is memory that none
 * of them needs.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #turns = new Map<number, Turn>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(expiring: Expiring, atMs: number): void {
    const endMs = turnEnd(atMs);
    const turn = this.#turns.get(endMs) ?? this.#open(endMs);
    turn.waiting.add(expiring);
  }

  /** @param atMs - the time that it was added with */
  remove(expiring: Expiring, atMs: number): void {
    const turn = this.#turns.get(turnEnd(atMs));
    if (!turn?.waiting.delete(expiring) || turn.waiting.size > 0) return;
    turn.cancelTimer();
    this.#turns.delete(turnEnd(atMs));
  }

  #open(endMs: number): Turn {
    const waiting = new Set<Expiring>();
    const tell = () => {
      this.#turns.delete(endMs);
      for (const expiring of waiting) expiring.expire();
    };
    const turn = { waiting, cancelTimer: this.#clock.schedule(tell, endMs - this.#clock.now()) };
    this.#turns.set(endMs, turn);
    return turn;
  }
}

function turnEnd(atMs: number): number {
  return Math.ceil(atMs / resolutionMs) * resolutionMs;
}
