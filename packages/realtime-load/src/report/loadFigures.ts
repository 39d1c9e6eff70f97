import type { Percentiles } from '../figures/histogram.ts';

/** What a run measured. Times are in milliseconds. */
export interface LoadFigures {
  readonly connections: {
    readonly asked: number;
    readonly joined: number;
    readonly failed: number;
    /** How many failed, by reason. */
    readonly failures: Readonly<Record<string, number>>;
    /** Joined a second, from the first attempt to the last answer. */
    readonly perSecond: number;
    /** From the start of one until it is in its room; null where none was. */
    readonly connectMs: Percentiles | null;
    /** How often one was cut off and came back. */
    readonly reconnects: number;
    /** How often the server said that something will not come. */
    readonly gaps: number;
  };
  /** Null where the load only watched. */
  readonly publications: {
    readonly attempted: number;
    /** What the server took; without acknowledgements, what was sent. */
    readonly acknowledged: number;
    readonly failures: Readonly<Record<string, number>>;
  } | null;
  readonly deliveries: {
    /** Acknowledged publications times the members of their room. */
    readonly expected: number;
    /** Every one once. */
    readonly delivered: number;
    readonly lost: number;
    /** Of what was expected, from 0 to 1; null where nothing was. */
    readonly lossShare: number | null;
    readonly duplicates: number;
    /** Behind one that was published later. */
    readonly outOfOrder: number;
    /** Over the time in which there were any. */
    readonly perSecond: number;
  };
  /** From the moment that was planned until a member had it; null where nothing tells. */
  readonly latencyMs: Percentiles | null;
  readonly generator: GeneratorFigures;
}

/** How the load itself fared: where it was short of time, latencies are not those of the server. */
export interface GeneratorFigures {
  readonly processes: number;
  readonly memoryBytes: number;
  /** The busiest second of the busiest process, from 0 to 1. */
  readonly busiestShare: number;
  /** How long arrivals waited for the load to look at them. */
  readonly ownDelayMs: Percentiles | null;
  /** How much later than planned publications were sent. */
  readonly sendDelayMs: Percentiles | null;
  /** Why latencies are not those of the server alone; empty where the load had time. */
  readonly saturation: readonly string[];
}

/** One moment of a run. */
export interface LoadSample {
  /** Since the start. */
  readonly atMs: number;
  readonly joined: number;
  readonly connectsPerSecond: number;
  readonly publicationsPerSecond: number;
  readonly deliveriesPerSecond: number;
  /** Of what arrived since the moment before; null where nothing did. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}
