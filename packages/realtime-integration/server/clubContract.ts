import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

const message = z.object({ text: z.string().max(200) });

/** A contract with every kind of access and of delivery, small enough to be seen at once. */
export const clubContract = defineContract({
  version: '2.3',
  rooms: {
    event: { template: 'event-{eventId}', access: 'public' },
    team: { template: 'team-{teamId}' },
    user: { template: 'user-{userId}' },
    global: { template: 'global', access: 'authenticated' },
  },
  events: {
    said: { room: 'event', payload: message, delivery: 'reliable', example: { text: 'hello' } },
    planned: { room: 'team', payload: message, delivery: 'reliable', example: { text: 'a plan' } },
    whispered: { room: 'user', payload: message, delivery: 'reliable', example: { text: 'psst' } },
    announced: { room: 'global', payload: message, delivery: 'reliable', example: { text: 'all' } },
  },
  actions: {
    say: { input: message, output: z.object({ length: z.number() }), errors: ['TOO_LOUD'] },
    look: { input: z.null(), output: z.string(), guests: true },
    echo: { input: z.any(), output: z.any() },
  },
});

export type ClubContract = typeof clubContract;
