import type { AnyContract } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { benchContract } from './benchContract.ts';

export type ContractName = 'bench' | 'ready';

/** What our server can serve: a contract of the benchmarks, or the ready one. */
export const contracts: Readonly<Record<ContractName, AnyContract>> = {
  bench: benchContract,
  ready: eventContract,
};
