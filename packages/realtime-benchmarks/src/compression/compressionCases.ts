import type { Contender } from '../delivery/contender.ts';
import type { DeliveryWork } from '../delivery/deliveryRound.ts';

/** What is published in a case. */
export interface CompressionCase {
  /** Its name among the figures. */
  readonly name: 'unrelated' | 'states' | 'ready';
  /** Its name in the table. */
  readonly label: string;
  readonly contract: 'bench' | 'ready';
  readonly workload: DeliveryWork['workload'];
}

export const compressionCases: readonly CompressionCase[] = [
  {
    ...{ name: 'unrelated', label: '10 kB, unrelated' },
    ...{ contract: 'bench', workload: 'unrelatedLists' },
  },
  {
    ...{ name: 'states', label: '10 kB, states of one list' },
    ...{ contract: 'bench', workload: 'listStates' },
  },
  {
    ...{ name: 'ready', label: '118 bytes, ready contract' },
    ...{ contract: 'ready', workload: 'readyPurchases' },
  },
];

/** Every message is one publication: with a window ours could put two into one. */
const ours = { server: 'ours', counts: 'messages' } as const;
const stock = { server: 'stock', counts: 'messages' } as const;

export function compressionContenders(contract: CompressionCase['contract']): readonly Contender[] {
  const listen = { batchWindowMs: 0, contract };
  return [
    { ...ours, name: 'ours', label: 'Roomcast', client: 'compressed', listen },
    { ...ours, name: 'oursText', label: 'Roomcast, text only', client: 'framed', listen },
    { ...stock, name: 'stock', label: 'Socket.IO', client: 'stock' },
    {
      ...{ ...stock, name: 'deflate', label: 'Socket.IO, perMessageDeflate', client: 'deflating' },
      listen: { perMessageDeflate: 'default' },
    },
    {
      ...{ ...stock, name: 'deflateNoTakeover', client: 'deflating' },
      label: 'Socket.IO, perMessageDeflate without context takeover',
      listen: { perMessageDeflate: 'no-takeover' },
    },
  ];
}
