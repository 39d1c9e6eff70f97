import type { BenchmarkResult } from '../benchmark.ts';
import { summariseDeliveries } from '../delivery/deliveryFigures.ts';
import type { MeasuredContender } from '../delivery/measureDeliveries.ts';
import { meetsTargets } from '../figures/meetsTargets.ts';
import { quotient } from '../figures/quotient.ts';
import { roundAll } from '../figures/roundAll.ts';

const targets = { stock: 0.12, bun: 1.3 };

/** 99 of 100 deliveries of ours: the widest window of 16 ms, and 10 ms. */
const maxP99Ms = 26;

/** The ratios are of the server's CPU for a delivery. Without Bun there is no passing. */
export function summariseBurst(measured: readonly MeasuredContender[]): BenchmarkResult {
  const { of, table, named } = summariseDeliveries(measured);
  const ours = of('ours');
  const toPeer = (name: string) => quotient(ours?.cpuUs, of(name)?.cpuUs);
  const ratios = { stock: toPeer('stock'), ws: toPeer('ws'), bun: toPeer('bun') };
  const isInTime = ours !== null && ours.p99Ms <= maxP99Ms;
  return {
    table,
    figures: { maxP99Ms, ...named },
    ratios: roundAll(ratios),
    targets,
    passed: isInTime && meetsTargets(ratios, targets),
  };
}
