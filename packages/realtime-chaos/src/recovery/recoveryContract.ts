import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/**
 * One event of each class. `note` has a text for a payload: where a position is a text behind the
 * payload, as in stock connection state recovery, the one is taken for the other.
 */
export const recoveryContract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}', access: 'public' } },
  events: {
    sold: {
      room: 'event',
      payload: z.object({ count: z.number(), padding: z.string() }),
      delivery: 'reliable',
      example: { count: 1, padding: '' },
    },
    note: { room: 'event', payload: z.string(), delivery: 'reliable', example: 'Sold out.' },
    price: {
      room: 'event',
      payload: z.object({ seat: z.string(), count: z.number() }),
      delivery: 'latest',
      key: ({ seat }) => seat,
      example: { seat: 'A', count: 1 },
    },
    blink: {
      room: 'event',
      payload: z.object({ count: z.number() }),
      delivery: 'volatile',
      example: { count: 1 },
    },
  },
  actions: {
    /** Publishes a `sold`, and acknowledges it. */
    sell: { input: z.object({ count: z.number() }), output: z.number(), guests: true },
  },
});

/** The room in which everything happens. */
export const eventId = '42';
export const roomName = 'event-42';
