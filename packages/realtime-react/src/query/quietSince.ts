import type { Recovery } from '@roomcast/realtime-client';

/** How far the clocks of the server's nodes may be apart. */
const clockToleranceMs = 1_000;

/** Since when nothing has been published in a room; never where that is not known. */
export function quietSinceMs(recovery: Recovery, nowMs: number): number {
  const { quietForMs = 0 } = 'quietForMs' in recovery ? recovery : {};
  return quietForMs > clockToleranceMs
    ? nowMs - quietForMs + clockToleranceMs
    : Number.POSITIVE_INFINITY;
}
