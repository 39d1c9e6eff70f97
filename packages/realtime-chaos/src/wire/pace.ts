import { setTimeout } from 'node:timers/promises';

/** @returns waits until so many more things may happen, at an even rate */
export function createPace(perSecond: number): (count: number) => Promise<void> {
  let nextMs = performance.now();
  return async (count) => {
    const nowMs = performance.now();
    // Time that nobody has used is over: what waited does not come all at once.
    nextMs = Math.max(nextMs, nowMs - 50);
    const waitMs = nextMs - nowMs;
    nextMs += (count * 1_000) / perSecond;
    if (waitMs > 1) await setTimeout(waitMs);
  };
}
