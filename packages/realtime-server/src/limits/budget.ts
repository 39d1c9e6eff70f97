/** How much may be sent: by one connection, or by all of one user. */
export interface BudgetLimits {
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  /** How many seconds' worth may come at once. */
  readonly burstSeconds: number;
}

/** So much of what may come at once may be owed before the one who owes it is cut off. */
const maxDebt = 0.5;

/**
 * What may be sent, in messages and in bytes: a token bucket for each. It can be overdrawn, which
 * tells a little too much from far too much. All that is kept of a bucket is when it will be full
 * again, since every connection has two. It is asked in the turn in which a message arrives; a
 * library that answers with a promise comes too late for that.
 */
export class Budget {
  #messagesFullAtMs = 0;
  #bytesFullAtMs = 0;

  take(messages: number, bytes: number, limits: BudgetLimits, nowMs: number): void {
    const { messagesPerSecond, bytesPerSecond, burstSeconds } = limits;
    const mostMs = 2_000 * burstSeconds;
    this.#messagesFullAtMs = later(this.#messagesFullAtMs, messages / messagesPerSecond);
    this.#bytesFullAtMs = later(this.#bytesFullAtMs, bytes / bytesPerSecond);

    function later(fullAtMs: number, seconds: number): number {
      // Nobody owes more than a whole bucket, nor longer because a clock was set back.
      const fromMs = Math.min(Math.max(fullAtMs, nowMs), nowMs + mostMs);
      return Math.min(fromMs + seconds * 1_000, nowMs + mostMs);
    }
  }

  /** How long until more may be sent, in milliseconds; 0 where it may be now. */
  waitMs({ burstSeconds }: BudgetLimits, nowMs: number): number {
    return Math.max(0, Math.ceil(this.#untilFullMs(nowMs) - burstSeconds * 1_000));
  }

  /** Whether so much was sent that whoever did is to be cut off. */
  isExcessive({ burstSeconds }: BudgetLimits, nowMs: number): boolean {
    return this.#untilFullMs(nowMs) > (1 + maxDebt) * burstSeconds * 1_000;
  }

  isFull(nowMs: number): boolean {
    return this.#untilFullMs(nowMs) <= 0;
  }

  #untilFullMs(nowMs: number): number {
    return Math.max(this.#messagesFullAtMs, this.#bytesFullAtMs) - nowMs;
  }
}
