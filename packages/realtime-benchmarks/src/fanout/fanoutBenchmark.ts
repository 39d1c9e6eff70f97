import type { Benchmark } from '../benchmark.ts';
import { batched, plainPeers, unbatched } from '../delivery/contenders.ts';
import { startDeliveryBench } from '../delivery/deliveryBench.ts';
import type { DeliveryWork } from '../delivery/deliveryRound.ts';
import { measureDeliveries } from '../delivery/measureDeliveries.ts';
import { summariseFanout } from './summariseFanout.ts';

const fullWork: DeliveryWork = {
  ...{ subscribers: 1_000, publications: 500, warmUp: 50 },
  // One by one: nobody may write two events at once.
  ...{ perSecond: 100, maxPerTurn: 1, workload: 'purchases' },
};
const smokeWork: DeliveryWork = {
  ...{ ...fullWork, subscribers: 20, publications: 20, warmUp: 2 },
  perSecond: 400,
};

const contenders = [
  unbatched,
  { ...batched, name: 'oursBatched', label: 'Roomcast, batching on' },
  ...plainPeers,
];

/** One room, many subscribers, events one by one. */
export const fanoutBenchmark: Benchmark = {
  name: 'fanout',
  summary: '100 events a second to 1,000 subscribers of a room, one by one; less CPU is better',

  async run(context) {
    const work = context.isSmoke ? smokeWork : fullWork;
    const bench = await startDeliveryBench(context, work.subscribers);
    const measured = await measureDeliveries(bench, contenders, {
      work,
      rounds: context.isSmoke ? 1 : 5,
      warmUpRounds: context.isSmoke ? 0 : 1,
    });
    return summariseFanout(measured);
  },
};
