import { setTimeout } from 'node:timers/promises';
import type { SeededRandom } from '../random/seededRandom.ts';

/** Between two times, in milliseconds: as often among the short ones as among the long ones. */
export function drawMs(random: SeededRandom, minMs: number, maxMs: number): number {
  return Math.round(minMs * (maxMs / minMs) ** (random.integer(0, 1_000) / 1_000));
}

/** Waits, unless the run is to end. */
export async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await setTimeout(delayMs, undefined, { signal }).catch(() => {});
}
