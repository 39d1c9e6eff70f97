import type { Benchmark } from '../benchmark.ts';
import { startDeliveryBench } from '../delivery/deliveryBench.ts';
import type { DeliveryWork } from '../delivery/deliveryRound.ts';
import { measureDeliveries } from '../delivery/measureDeliveries.ts';
import { compressionCases, compressionContenders } from './compressionCases.ts';
import { type MeasuredCase, summariseCompression } from './summariseCompression.ts';

type Work = Omit<DeliveryWork, 'workload'>;

const fullWork: Work = {
  ...{ subscribers: 200, publications: 80, warmUp: 10 },
  ...{ perSecond: 20, maxPerTurn: 1 },
};
const smokeWork: Work = { ...fullWork, subscribers: 5, publications: 8, warmUp: 2, perSecond: 200 };

/** Large events, and small ones that a contract knows. */
export const compressionBenchmark: Benchmark = {
  name: 'compression',
  summary: 'events of 10 kB to 200 subscribers of a room; less CPU and fewer bytes are better',

  async run(context) {
    const work = context.isSmoke ? smokeWork : fullWork;
    const bench = await startDeliveryBench(context, work.subscribers);
    const measured: MeasuredCase[] = [];
    for (const { name, label, contract, workload } of compressionCases) {
      context.progress(label);
      const contenders = await measureDeliveries(bench, compressionContenders(contract), {
        work: { ...work, workload },
        rounds: context.isSmoke ? 1 : 3,
        warmUpRounds: context.isSmoke ? 0 : 1,
      });
      measured.push({ name, label, contenders });
    }
    return summariseCompression(measured);
  },
};
