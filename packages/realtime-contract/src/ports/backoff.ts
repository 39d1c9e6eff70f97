/** How the delay before a reconnect grows. */
export interface BackoffOptions {
  /**
   * Ceiling of the first delay, in milliseconds; it doubles with every attempt.
   * @default 500
   */
  readonly minDelayMs: number;
  /**
   * Ceiling of every delay, in milliseconds.
   * @default 20_000
   */
  readonly maxDelayMs: number;
  /**
   * How much of the ceiling is left to chance, from 0 (none) to 1 (full jitter).
   * @default 1
   */
  readonly jitter: number;
}

export const backoffDefaults: BackoffOptions = { minDelayMs: 500, maxDelayMs: 20_000, jitter: 1 };

/**
 * The delay before the given attempt: exponential backoff with jitter, after "Exponential Backoff
 * and Jitter" of the AWS Architecture Blog, 2015. With `jitter: 1` it is uniform below the ceiling,
 * which spreads a herd of clients best.
 *
 * @param attempt - 0 for the first attempt
 * @param random - a number from 0 (inclusive) to 1 (exclusive)
 * @returns milliseconds
 */
export function backoffDelayMs(
  attempt: number,
  options: BackoffOptions,
  random: () => number = Math.random,
): number {
  // Beyond 1,023 doublings the factor is infinite, and 0 times that is no number.
  const factor = 2 ** Math.min(attempt, 1_023);
  const ceiling = Math.min(options.maxDelayMs, options.minDelayMs * factor);
  return Math.round(ceiling * (1 - options.jitter * random()));
}
