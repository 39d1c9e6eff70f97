import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** What our server serves in every benchmark: one kind of room that has to be authorised. */
export const benchContract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}' } },
  events: {
    'ticket-purchased': {
      room: 'event',
      payload: z.object({
        eventId: z.string(),
        ticketId: z.string(),
        buyer: z.string(),
        price: z.number(),
        seat: z.string(),
        note: z.string(),
        timestamp: z.string(),
        sentAtMs: z.number().optional(),
        lateMs: z.number().optional(),
      }),
      delivery: 'reliable',
      example: {
        eventId: 'event-42',
        ticketId: 'ticket-1017',
        buyer: 'user-7',
        price: 49.5,
        seat: 'C12',
        note: 'Two tickets, please.',
        timestamp: '2026-05-04T18:30:00.000Z',
      },
    },
    'list-changed': {
      room: 'event',
      payload: z.object({ eventId: z.string(), tickets: z.array(z.unknown()) }),
      delivery: 'reliable',
      example: { eventId: 'event-42', tickets: [{ ticketId: 'ticket-1017', price: 49.5 }] },
    },
  },
  actions: {},
});

/** An event of about 200 bytes of JSON. */
export function purchase(count: number) {
  return {
    eventId: 'event-42',
    ticketId: `ticket-${count}`,
    buyer: 'user-7',
    price: 49.5,
    seat: 'C12',
    note: 'Two tickets next to each other, on the aisle if that is possible.',
    timestamp: '2026-05-04T18:30:00.000Z',
  };
}
