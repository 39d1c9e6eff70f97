import type { Benchmark } from '../benchmark.ts';
import { batched, plainPeers } from '../delivery/contenders.ts';
import { startDeliveryBench } from '../delivery/deliveryBench.ts';
import type { DeliveryWork } from '../delivery/deliveryRound.ts';
import { measureDeliveries } from '../delivery/measureDeliveries.ts';
import { summariseBurst } from './summariseBurst.ts';

const fullWork: DeliveryWork = {
  ...{ subscribers: 1_000, publications: 2_000, warmUp: 200 },
  // What is due is published at once, which is how Bun can write several events together.
  ...{ perSecond: 1_000, maxPerTurn: 50, workload: 'purchases' },
};
const smokeWork: DeliveryWork = { ...fullWork, subscribers: 20, publications: 200, warmUp: 20 };

/** One room, many subscribers, ten times as many events. */
export const burstBenchmark: Benchmark = {
  name: 'burst',
  summary: '1,000 events a second to 1,000 subscribers of a room; less CPU is better',

  async run(context) {
    const work = context.isSmoke ? smokeWork : fullWork;
    const bench = await startDeliveryBench(context, work.subscribers);
    const measured = await measureDeliveries(bench, [batched, ...plainPeers], {
      work,
      rounds: context.isSmoke ? 1 : 5,
      warmUpRounds: context.isSmoke ? 0 : 1,
    });
    return summariseBurst(measured);
  },
};
