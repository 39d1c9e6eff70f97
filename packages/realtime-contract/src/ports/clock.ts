/** Stops the timer it was returned for; harmless when called twice or too late. */
export type CancelTimer = () => void;

/** Time as Roomcast sees it; replaceable in tests. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls back once, after at least `delayMs` milliseconds, of which there may be any number. */
  schedule(callback: () => void, delayMs: number): CancelTimer;
}

declare function setTimeout(callback: () => void, delayMs: number): unknown;
declare function clearTimeout(timer: unknown): void;

/** Platforms count a timer in 32 bits and fire a longer one at once. */
const maxTimerMs = 2 ** 31 - 1;

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule: (callback, delayMs) => {
    if (delayMs > maxTimerMs) return scheduleInTurns(callback, delayMs);
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

function scheduleInTurns(callback: () => void, delayMs: number): CancelTimer {
  const next = () => {
    cancel = systemClock.schedule(callback, delayMs - maxTimerMs);
  };
  let cancel = systemClock.schedule(next, maxTimerMs);
  return () => cancel();
}
