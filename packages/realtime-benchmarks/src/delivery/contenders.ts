import type { Contender } from './contender.ts';

/** Everybody who hands events to subscribers as text, one a message. */
export const plainPeers: readonly Contender[] = [
  {
    ...{ name: 'stock', label: 'Socket.IO', server: 'stock', client: 'stock' },
    counts: 'messages',
  },
  { ...{ name: 'ws', label: 'ws, by hand', server: 'ws', client: 'hello' }, counts: 'messages' },
  { ...{ name: 'bun', label: 'Bun', server: 'bun', client: 'hello' }, counts: 'messages' },
];

export const unbatched: Contender = {
  ...{ name: 'ours', label: 'Roomcast, batching off', server: 'ours', client: 'framed' },
  listen: { batchWindowMs: 0 },
  counts: 'messages',
};

export const batched: Contender = {
  ...{ name: 'ours', label: 'Roomcast', server: 'ours', client: 'framed' },
  counts: 'offsets',
};
