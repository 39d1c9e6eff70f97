import type { BenchmarkResult } from '../benchmark.ts';
import { summariseDeliveries } from '../delivery/deliveryFigures.ts';
import type { MeasuredContender } from '../delivery/measureDeliveries.ts';
import { meetsTargets } from '../figures/meetsTargets.ts';
import { quotient } from '../figures/quotient.ts';
import { roundAll } from '../figures/roundAll.ts';

/** The goals beyond them are 0.75 of stock and 1 of ws. */
const targets = { stock: 0.8, ws: 1.1, 'stock, p99 from due': 1 };

/**
 * The ratios are of the server's CPU for a delivery, and of the slowest deliveries to stock's: from
 * when they were due, since a server that publishes late would be quick otherwise.
 */
export function summariseFanout(measured: readonly MeasuredContender[]): BenchmarkResult {
  const { of, table, named } = summariseDeliveries(measured);
  const ours = of('ours');
  const toPeer = (name: string) => quotient(ours?.cpuUs, of(name)?.cpuUs);
  const ratios = {
    ...{ stock: toPeer('stock'), ws: toPeer('ws'), bun: toPeer('bun') },
    'stock, p99 from due': quotient(ours?.dueP99Ms, of('stock')?.dueP99Ms),
    'stock, p99': quotient(ours?.p99Ms, of('stock')?.p99Ms),
  };
  return {
    table,
    figures: named,
    ratios: roundAll(ratios),
    targets,
    passed: meetsTargets(ratios, targets),
  };
}
