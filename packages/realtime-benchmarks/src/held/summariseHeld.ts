import type { LoadFigures } from '@roomcast/realtime-load';
import type { BenchmarkResult } from '../benchmark.ts';
import { meetsTargets } from '../figures/meetsTargets.ts';
import { round } from '../figures/round.ts';

/** Nobody may be refused, cut off, or miss anything. */
const targets = { failed: 0, reconnects: 0, lost: 0, duplicates: 0, outOfOrder: 0 };

/** How late deliveries were is told with the load's own part in it. */
export function summariseHeld(report: LoadFigures): BenchmarkResult {
  const { connections, deliveries, latencyMs, generator } = report;
  const { joined, failed, reconnects } = connections;
  const { delivered, lost, duplicates, outOfOrder } = deliveries;
  const faults = { failed, reconnects, lost, duplicates, outOfOrder };
  const figures = {
    ...{ joined, delivered, ...faults },
    connectsPerSecond: round(connections.perSecond),
    p50Ms: round(latencyMs?.p50 ?? 0),
    p99Ms: round(latencyMs?.p99 ?? 0),
    loadP99Ms: round(generator.ownDelayMs?.p99 ?? 0),
    loadMiB: round(generator.memoryBytes / 2 ** 20),
  };
  return {
    table: [
      ['', 'measured'],
      ['connections', String(joined)],
      ['deliveries', String(delivered)],
      ['not let in', String(failed)],
      ['reconnects', String(reconnects)],
      ['lost, doubled, out of order', `${lost}, ${duplicates}, ${outOfOrder}`],
      ['connects a second', String(figures.connectsPerSecond)],
      ['latency p50 and p99, ms', `${figures.p50Ms} and ${figures.p99Ms}`],
      ['p99 of what arrivals waited for the load, ms', String(figures.loadP99Ms)],
      ['memory of the load, MiB', String(figures.loadMiB)],
    ],
    figures,
    ratios: {},
    targets,
    passed: joined > 0 && delivered > 0 && meetsTargets(faults, targets),
  };
}
