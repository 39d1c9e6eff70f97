import type { Percentiles } from '../figures/histogram.ts';
import type { GeneratorFigures } from '../report/loadFigures.ts';

/** A process that is busier than this has no time left to be on time. */
const maxBusyShare = 0.9;
/** What of a latency may be the load's own. */
const maxOwnShare = 0.1;
/** Below this a delay is the grain of timers, and no sign of anything. */
const grainMs = 2;
/** A process that is busier than this for a second has little time to spare. */
const quietShare = 0.8;
/**
 * Below this a delay of a quiet process is that of a burst, which it reads one after the other, and
 * of the machine. Measured on two cores, it is up to 9 ms after one publication to 100 members, and
 * 7 to 25 ms with 20,000 deliveries a second.
 */
const quietDelayMs = 50;
/** With no more than a hundred the 99th percentile is the slowest one. */
const minSamples = 101;

/**
 * Says where the load was short of time, so that what it measured is not the server's alone.
 *
 * @param p99Ms - of all latencies; null where none was measured
 */
export function findSaturation(
  { busiestShare, ownDelayMs, sendDelayMs }: Omit<GeneratorFigures, 'saturation'>,
  p99Ms: number | null,
): readonly string[] {
  const floorMs = busiestShare < quietShare ? quietDelayMs : grainMs;
  const limitMs = Math.max(floorMs, (p99Ms ?? 0) * maxOwnShare);
  const isTooLong = (delayMs: Percentiles | null): delayMs is Percentiles =>
    delayMs !== null && delayMs.count >= minSamples && delayMs.p99 > limitMs;
  const reasons: string[] = [];
  if (busiestShare > maxBusyShare) {
    reasons.push(`a process of the load was busy for ${percent(busiestShare)} of a second`);
  }
  if (p99Ms !== null && isTooLong(ownDelayMs)) {
    reasons.push(`arrivals waited for the load itself: ${ownDelayMs.p99.toFixed(1)} ms at p99`);
  }
  if (isTooLong(sendDelayMs)) {
    reasons.push(`publications were sent late: ${sendDelayMs.p99.toFixed(1)} ms at p99`);
  }
  return reasons;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
