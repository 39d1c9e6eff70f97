import type { RateCount, RateCounter } from '@roomcast/realtime-broker';
import { type Clock, type ReportError, RoomcastError } from '@roomcast/realtime-contract';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { runWithin } from '../callbacks/runWithin.ts';

export interface InsuredCounterOptions {
  /** What all nodes share; null where there is nothing. */
  readonly shared: RateCounter | null;
  readonly clock: Clock;
  readonly report: ReportError;
}

/** The most that a handshake waits for a counter that is shared, in milliseconds. */
const timeoutMs = 250;

/** How long a counter that did not answer is left alone, in milliseconds. */
const restMs = 5_000;

/** Counts with the other nodes and, while that is not possible, for itself. It never rejects. */
export class InsuredCounter implements RateCounter {
  readonly #options: InsuredCounterOptions;
  readonly #own = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: 1 });
  #restsUntilMs = 0;

  constructor(options: InsuredCounterOptions) {
    this.#options = options;
  }

  async add(key: string, amount: number, windowMs: number): Promise<RateCount> {
    const { shared, clock, report } = this.#options;
    if (shared && clock.now() >= this.#restsUntilMs) {
      try {
        return await runWithin({ clock, timeoutMs, tooLate }, () =>
          shared.add(key, amount, windowMs),
        );
      } catch (error) {
        // Whoever else waits for it finds the same.
        if (clock.now() >= this.#restsUntilMs) report(error, 'rate counter');
        this.#restsUntilMs = clock.now() + restMs;
      }
    }
    return this.#addHere(key, amount, windowMs);
  }

  async #addHere(key: string, amount: number, windowMs: number): Promise<RateCount> {
    const options = { customDuration: windowMs / 1_000 };
    const { consumedPoints, msBeforeNext } = await this.#own.penalty(key, amount, options);
    return { spent: consumedPoints, endsInMs: msBeforeNext };
  }
}

function tooLate(): RoomcastError {
  return new RoomcastError('CONNECTION_FAILED', `No answer within ${timeoutMs} ms.`);
}
