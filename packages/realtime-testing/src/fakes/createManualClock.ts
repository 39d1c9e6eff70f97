import type { Clock } from '@roomcast/realtime-contract';

/** A time that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** How many timers have not fired yet. */
  readonly timers: number;
  /** Moves the time on, from one timer to the next. */
  advance(byMs: number): void;
}

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

export function createManualClock(): ManualClock {
  const timers = new Set<Timer>();
  let nowMs = 0;
  const nextUntil = (endMs: number) =>
    [...timers].filter(({ atMs }) => atMs <= endMs).sort((one, two) => one.atMs - two.atMs)[0];

  return {
    get timers() {
      return timers.size;
    },
    now: () => nowMs,
    schedule(callback, delayMs) {
      const timer = { atMs: nowMs + delayMs, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(byMs) {
      const endMs = nowMs + byMs;
      for (let timer = nextUntil(endMs); timer; timer = nextUntil(endMs)) {
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.atMs);
        timer.callback();
      }
      nowMs = endMs;
    },
  };
}
