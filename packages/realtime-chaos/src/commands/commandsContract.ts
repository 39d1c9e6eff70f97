import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** One action with an effect that must happen once. */
export const commandsContract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}', access: 'public' } },
  events: {},
  actions: {
    sell: {
      input: z.object({ seat: z.string() }),
      output: z.object({ receipt: z.string() }),
    },
  },
});
