/** Stops the timer it was returned for; harmless when called twice or too late. */
export type CancelTimer = () => void;

/** Time as Roomcast sees it; replaceable in tests. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls back once, after at least `delayMs` milliseconds. */
  schedule(callback: () => void, delayMs: number): CancelTimer;
}

declare function setTimeout(callback: () => void, delayMs: number): unknown;
declare function clearTimeout(timer: unknown): void;

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
