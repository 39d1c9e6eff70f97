import type { GeneratorFigures } from '../report/loadFigures.ts';

/** A process that is busier than this has no time left to be on time. */
const maxBusyShare = 0.9;
/** What of a latency may be the load's own. */
const maxOwnShare = 0.1;
/** Below this a delay is the grain of timers, and no sign of anything. */
const grainMs = 2;

/**
 * Says where the load was short of time, so that what it measured is not the server's alone.
 *
 * @param p99Ms - of all latencies; null where none was measured
 */
export function findSaturation(
  { busiestShare, ownDelayMs, sendDelayMs }: Omit<GeneratorFigures, 'saturation'>,
  p99Ms: number | null,
): readonly string[] {
  const limitMs = Math.max(grainMs, (p99Ms ?? 0) * maxOwnShare);
  const reasons: string[] = [];
  if (busiestShare > maxBusyShare) {
    reasons.push(`a process of the load was busy for ${percent(busiestShare)} of a second`);
  }
  if (p99Ms !== null && ownDelayMs && ownDelayMs.p99 > limitMs) {
    reasons.push(`arrivals waited for the load itself: ${ownDelayMs.p99.toFixed(1)} ms at p99`);
  }
  if (sendDelayMs && sendDelayMs.p99 > limitMs) {
    reasons.push(`publications were sent late: ${sendDelayMs.p99.toFixed(1)} ms at p99`);
  }
  return reasons;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
