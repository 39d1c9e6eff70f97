import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** What a booking has to look like before its handler may see it. */
const bookingSchema = z.strictObject({
  seat: z.string().regex(/^[A-Z]\d{1,3}$/),
  count: z.int().min(1).max(8),
  note: z.string().max(40).optional(),
});

const note = z.object({ text: z.string().max(200) });

/** Small, with every kind of access, presence, and an action that takes anything. */
export const wireContract = defineContract({
  version: '1.0',
  rooms: {
    hall: {
      template: 'hall-{hallId}',
      access: 'public',
      presence: z.object({ name: z.string().max(20) }).nullable(),
    },
    team: { template: 'team-{teamId}' },
    user: { template: 'user-{userId}' },
  },
  events: {
    said: { room: 'hall', payload: note, delivery: 'reliable', example: { text: 'hello' } },
    planned: { room: 'team', payload: note, delivery: 'reliable', example: { text: 'a plan' } },
  },
  actions: {
    book: { input: bookingSchema, output: z.object({ booked: z.number() }), guests: true },
    cancel: { input: z.object({ seat: z.string() }), output: z.null() },
    echo: { input: z.any(), output: z.any(), guests: true },
  },
});
