import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** Public rooms in which numbered publications are heard, and one that ends them. */
export const clusterContract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}', access: 'public' } },
  events: {
    sold: {
      room: 'event',
      payload: z.object({ id: z.number(), atMs: z.number() }),
      delivery: 'reliable',
      example: { id: 1, atMs: 0 },
    },
    ended: {
      room: 'event',
      payload: z.object({}),
      delivery: 'reliable',
      example: {},
    },
  },
  actions: {},
});
