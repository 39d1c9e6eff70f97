import { defineContract } from '@roomcast/realtime-contract';
import { defineQuerySync } from '@roomcast/realtime-react';
import { z } from 'zod';

const Change = z.object({ id: z.string(), value: z.number() });
const example = { id: 'a', value: 1 };

/** Rooms whose events do each of the three things that an event can do to a cache. */
export const cacheContract = defineContract({
  version: '1.0',
  rooms: { hall: { template: 'hall-{hallId}', access: 'public' } },
  events: {
    sold: { room: 'hall', payload: Change, delivery: 'reliable', example },
    moved: { room: 'hall', payload: Change, delivery: 'reliable', example },
    said: { room: 'hall', payload: Change, delivery: 'reliable', example },
  },
  actions: {},
});

export type Change = z.infer<typeof Change>;
export type CacheEvent = keyof typeof cacheContract.events;

/** What a query of seats holds: the newest value of each. */
export type Seats = Readonly<Record<string, number>>;

export const cacheSync = defineQuerySync(cacheContract, {
  events: {
    sold: { invalidate: (_, { params: { hallId } }) => [['sales', hallId], ['all-sales']] },
    moved: {
      patch: {
        keys: (_, { params: { hallId } }) => [['seats', hallId]],
        apply: (seats: Seats, { id, value }) => ({ ...seats, [id]: value }),
      },
    },
    said: {
      append: {
        keys: (_, { params: { hallId } }) => [['messages', hallId]],
        item: (change) => change,
        idOf: ({ value }: Change) => value,
      },
    },
  },
  rooms: {
    hall: ({ hallId }) => [
      ['sales', hallId],
      ['all-sales'],
      ['seats', hallId],
      ['messages', hallId],
    ],
  },
});
