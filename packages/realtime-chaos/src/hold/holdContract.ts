import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** Three kinds of rooms; everybody is in the hall. */
export const holdContract = defineContract({
  version: '1.0',
  rooms: {
    hall: { template: 'hall', access: 'authenticated' },
    event: { template: 'event-{eventId}', access: 'public' },
    team: { template: 'team-{teamId}' },
  },
  events: {
    announced: {
      room: 'hall',
      payload: z.object({ number: z.number(), sentAtMs: z.number() }),
      delivery: 'reliable',
      example: { number: 1, sentAtMs: 0 },
    },
  },
  actions: {},
});
