import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** One public room with large events. */
export const slowReadersContract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}', access: 'public' } },
  events: {
    listed: {
      room: 'event',
      payload: z.object({ sentAtMs: z.number(), rows: z.string() }),
      delivery: 'reliable',
      example: { sentAtMs: 0, rows: '' },
    },
  },
  actions: {},
});

/** The one room. */
export const room = 'event-1';
