import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** Rooms for users and an action that publishes to them. */
export const soakContract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}', access: 'authenticated' } },
  events: {
    said: {
      room: 'event',
      payload: z.object({ text: z.string() }),
      delivery: 'reliable',
      example: { text: 'Hello' },
    },
  },
  actions: {
    say: { input: z.object({ eventId: z.string() }), output: z.object({}) },
  },
});
