import { addEncoded, createHistogram, percentilesMs } from '../figures/histogram.ts';
import type { LoadPlan } from '../plan/loadPlan.ts';
import type { LoadFigures } from '../report/loadFigures.ts';
import type { LoadReport } from '../report/loadReport.ts';
import { judge } from '../report/thresholds.ts';
import type { PublishResult, WorkerTotals } from '../worker/loadWorker.ts';
import type { Connected } from './connectAll.ts';
import { findSaturation } from './findSaturation.ts';
import type { Sampler, Totals } from './sampler.ts';

/** What a run has gathered. */
export interface Gathered {
  readonly startedAt: string;
  /** When all were in. */
  readonly heldFromMs: number;
  readonly connected: Connected;
  readonly published: PublishResult | null;
  readonly totals: Totals;
  readonly compared: readonly WorkerTotals[];
  readonly counts: Sampler;
  readonly interrupted: boolean;
}

/** Makes the report of what was gathered. */
export function summarise(plan: LoadPlan, gathered: Gathered): LoadReport {
  const { counts, startedAt, interrupted } = gathered;
  const figures = figuresOf(plan, gathered);
  const thresholds = judge(plan.thresholds, figures);
  const { target, rooms, scenario } = plan;
  return {
    ...{ scenario, target: { kind: target.kind, url: target.url, rooms: rooms.length } },
    ...{ startedAt, durationMs: counts.elapsedMs, interrupted, ...figures },
    ...{ thresholds, passed: thresholds.every(({ passed }) => passed) },
    samples: counts.samples,
    latencyHistogram: counts.encodedLatencies,
  };
}

function figuresOf(plan: LoadPlan, gathered: Gathered): LoadFigures {
  const { connected, published, totals, counts } = gathered;
  const { joined, failed, reconnects, gaps } = totals;
  const latencyMs = percentilesMs(counts.latencies);
  return {
    connections: {
      ...{ asked: plan.connections, joined, failed, reconnects, gaps },
      failures: connected.failures,
      perSecond: perSecond(joined, connected.wallMs),
      connectMs: percentilesMs(connected.durations),
    },
    publications: published && publicationsOf(published),
    deliveries: deliveriesOf(gathered),
    latencyMs,
    generator: generatorOf(gathered, latencyMs?.p99 ?? null),
  };
}

function publicationsOf({ attempted, failures }: PublishResult): LoadFigures['publications'] {
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  return { attempted, acknowledged: attempted - failed, failures };
}

function deliveriesOf({ totals, compared, counts, heldFromMs }: Gathered) {
  const { delivered, duplicates, outOfOrder } = totals;
  const expected = compared.reduce((sum, part) => sum + part.expected, 0);
  const lost = compared.reduce((sum, part) => sum + part.lost, 0);
  const busy = counts.samples.filter(
    ({ atMs, deliveriesPerSecond }) => atMs > heldFromMs && deliveriesPerSecond > 0,
  );
  const lastAtMs = busy.at(-1)?.atMs ?? heldFromMs;
  return {
    ...{ expected, delivered, lost, duplicates, outOfOrder },
    lossShare: expected > 0 ? lost / expected : null,
    perSecond: perSecond(delivered, lastAtMs - heldFromMs),
  };
}

function generatorOf({ compared, published, counts }: Gathered, p99Ms: number | null) {
  const ownDelays = createHistogram();
  for (const part of compared) addEncoded(ownDelays, part.ownDelays);
  const lateness = createHistogram();
  if (published) addEncoded(lateness, published.lateness);
  const figures = {
    processes: compared.length + (published ? 1 : 0),
    memoryBytes: counts.memoryBytes,
    busiestShare: counts.busiestShare,
    ownDelayMs: percentilesMs(ownDelays),
    sendDelayMs: percentilesMs(lateness),
  };
  return { ...figures, saturation: findSaturation(figures, p99Ms) };
}

function perSecond(count: number, ms: number): number {
  return ms > 0 ? (count * 1_000) / ms : 0;
}
