import type { Contender } from './contender.ts';
import type { DeliveryBench } from './deliveryBench.ts';
import { type DeliveryRound, type DeliveryWork, runDeliveryRound } from './deliveryRound.ts';

/** The rounds of one contender. */
export interface MeasuredContender extends Pick<Contender, 'name' | 'label'> {
  readonly rounds: readonly DeliveryRound[];
}

export interface MeasureOptions {
  readonly work: DeliveryWork;
  readonly rounds: number;
  /** How many rounds go before them: servers and load are compiled as they run. */
  readonly warmUpRounds: number;
}

/** Rounds of all contenders in turn. Those that the machine cannot run are left out. */
export async function measureDeliveries(
  bench: DeliveryBench,
  contenders: readonly Contender[],
  { work, rounds, warmUpRounds }: MeasureOptions,
): Promise<readonly MeasuredContender[]> {
  const running = await Promise.all(
    bench.present(contenders).map(async (contender) => {
      const server = await bench.serverOf(contender);
      return { contender, server, measured: [] as DeliveryRound[] };
    }),
  );
  for (let index = 1 - warmUpRounds; index <= rounds; index += 1) {
    for (const { contender, server, measured } of index % 2 === 0
      ? running
      : running.toReversed()) {
      const name = index > 0 ? `round ${index} of ${rounds}` : 'warming up';
      bench.progress(`${name}: ${contender.label}`);
      const round = await runDeliveryRound(bench.load, server, contender, work);
      if (index > 0) measured.push(round);
    }
  }
  return running.map(({ contender: { name, label }, measured }) => ({
    ...{ name, label, rounds: measured },
  }));
}
