import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';

export type { Histogram } from 'hdr-histogram-js';

/** An hour, in microseconds: what takes longer counts as that. */
const highestUs = 3_600_000_000;

/** The percentiles that are told. */
export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly mean: number;
}

/** An HDR histogram of microseconds, with three digits. */
export function createHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    highestTrackableValue: highestUs,
    numberOfSignificantValueDigits: 3,
  });
}

/** @param us - what is less than nothing, by the clocks of two machines, counts as nothing */
export function record(histogram: Histogram, us: number): void {
  histogram.recordValue(Math.min(highestUs, Math.max(0, Math.round(us))));
}

/** As text that another process, or any other HDR tool, reads: base64 of the format V2. */
export function encodeHistogram(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram);
}

/** Adds what another process has counted. */
export function addEncoded(histogram: Histogram, encoded: string): void {
  histogram.add(decodeFromCompressedBase64(encoded));
}

/** In milliseconds, or null where nothing was recorded. */
export function percentilesMs(histogram: Histogram): Percentiles | null {
  if (histogram.totalCount === 0) return null;
  const at = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1_000;
  return {
    count: histogram.totalCount,
    p50: at(50),
    p95: at(95),
    p99: at(99),
    max: histogram.maxValue / 1_000,
    mean: histogram.mean / 1_000,
  };
}
