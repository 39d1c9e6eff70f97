import type { Clock } from '@roomcast/realtime-contract';

/**
 * Calls back at an interval until it is stopped.
 *
 * @returns a function that stops it
 */
export function repeat(intervalMs: number, clock: Clock, beat: () => void): () => void {
  let cancel = clock.schedule(tick, intervalMs);
  function tick(): void {
    cancel = clock.schedule(tick, intervalMs);
    beat();
  }
  return () => cancel();
}
