import type { LoadFigures } from './loadFigures.ts';

/** What a run may have at most. What is left out is not judged. */
export interface Thresholds {
  /** In milliseconds. */
  readonly maxP50?: number;
  readonly maxP95?: number;
  readonly maxP99?: number;
  /** From 0 to 1, of what was to be delivered. */
  readonly maxLoss?: number;
  readonly maxDuplicates?: number;
  readonly maxOutOfOrder?: number;
  readonly maxReconnects?: number;
  /** Connections that could not be opened, or not join. */
  readonly maxFailed?: number;
}

/** A threshold and what came of it. */
export interface Verdict {
  readonly name: keyof Thresholds;
  readonly limit: number;
  /** Null where the run has not measured it. */
  readonly actual: number | null;
  readonly passed: boolean;
}

type Measure = (figures: LoadFigures) => number | null;

const measures: Readonly<Record<keyof Thresholds, Measure>> = {
  maxP50: ({ latencyMs }) => latencyMs?.p50 ?? null,
  maxP95: ({ latencyMs }) => latencyMs?.p95 ?? null,
  maxP99: ({ latencyMs }) => latencyMs?.p99 ?? null,
  maxLoss: ({ deliveries }) => deliveries.lossShare,
  maxDuplicates: ({ deliveries }) => deliveries.duplicates,
  maxOutOfOrder: ({ deliveries }) => deliveries.outOfOrder,
  maxReconnects: ({ connections }) => connections.reconnects,
  maxFailed: ({ connections }) => connections.failed,
};

/** Judges a run. What it has not measured it does not meet. */
export function judge(thresholds: Thresholds, figures: LoadFigures): readonly Verdict[] {
  const names = Object.keys(measures) as (keyof Thresholds)[];
  return names.flatMap((name) => {
    const limit = thresholds[name];
    if (limit === undefined) return [];
    const actual = measures[name](figures);
    return [{ name, limit, actual, passed: actual !== null && actual <= limit }];
  });
}
