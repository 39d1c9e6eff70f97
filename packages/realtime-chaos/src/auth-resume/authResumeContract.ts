import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** One kind of room, which has to be authorised. */
export const authResumeContract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}' } },
  events: {
    sold: {
      room: 'event',
      payload: z.object({ secret: z.string() }),
      delivery: 'reliable',
      example: { secret: 'payload-1' },
    },
  },
  actions: {},
});

/** In every payload and nowhere else: a byte of payload on a wire is known by it. */
export const payloadMark = 'payload-';
