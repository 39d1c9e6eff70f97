import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** Rooms in which one sees who else looks at them, and one in which one does not. */
export const lookersContract = defineContract({
  version: '2.3',
  rooms: {
    event: {
      template: 'event-{eventId}',
      access: 'authenticated',
      presence: z.object({ name: z.string().max(50), seat: z.string().optional() }),
    },
    backstage: { template: 'backstage-{eventId}', presence: z.object({}) },
  },
  events: {},
});

export type LookersContract = typeof lookersContract;
