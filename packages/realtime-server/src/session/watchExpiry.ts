import type { Clock } from '@roomcast/realtime-contract';

/** The longest delay that a timer of the platform can hold (2^31 − 1 ms, 24.8 days). */
const maxTimerMs = 2_147_483_647;

/**
 * Calls back when a moment has come, however far away it is.
 *
 * @returns a function that stops waiting
 */
export function watchExpiry(expiresAtMs: number, clock: Clock, onExpired: () => void): () => void {
  let cancel = () => {};
  const wait = () => {
    const remainingMs = expiresAtMs - clock.now();
    if (remainingMs <= 0) return onExpired();
    cancel = clock.schedule(wait, Math.min(remainingMs, maxTimerMs));
  };
  wait();
  return () => cancel();
}
