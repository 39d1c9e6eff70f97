/** A moment of `performance.now()` of this process, as every process of the machine tells it. */
export const toWallClock = (atMs: number): number => performance.timeOrigin + atMs;

/** Milliseconds since 1970 with a fraction, which every process of the machine agrees on. */
export const now = (): number => toWallClock(performance.now());
