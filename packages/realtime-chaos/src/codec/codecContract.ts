import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** One event that carries anything. */
export const codecContract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}', access: 'public' } },
  events: {
    carried: {
      room: 'event',
      payload: z.unknown(),
      delivery: 'reliable',
      example: { seats: [{ row: 1, seat: 'A', state: 'free' }], name: 'Harbour Hall' },
    },
  },
  actions: {},
});
