import { type PartProcess, startProcess } from '@roomcast/realtime-processes';
import { endInOrder } from '../processes/endInOrder.ts';
import type { Life } from '../processes/supervise.ts';
import type { SharedStores } from '../stores/openStores.ts';
import type { SellerPart } from './sellerPart.ts';

/** The process that sells. */
export interface RunningSeller extends Life {
  readonly calls: PartProcess<SellerPart>['calls'];
}

export async function startSeller(stores: SharedStores): Promise<RunningSeller> {
  const seller = await startProcess<SellerPart>(new URL('sellerPart.ts', import.meta.url), {
    nodeArgs: ['--disable-warning=ExperimentalWarning'],
  });
  try {
    await seller.calls.start(stores);
    const { calls, ended, kill } = seller;
    return { calls, ended, kill, stop: () => endInOrder(seller) };
  } catch (error) {
    await seller.stop();
    throw error;
  }
}
