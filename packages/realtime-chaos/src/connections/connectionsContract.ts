import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** One public room, and nothing else for somebody without a token. */
export const connectionsContract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}', access: 'public' } },
  events: { said: { room: 'event', payload: z.string(), delivery: 'reliable', example: 'hello' } },
  actions: {},
});
