import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

const message = z.object({ text: z.string() });
const price = z.object({ row: z.string(), price: z.number() });

/** A contract with everything that the protocol has a word for. */
export const boardContract = defineContract({
  version: '2.3',
  rooms: {
    event: { template: 'event-{eventId}', access: 'public' },
    seat: { template: 'seat-{eventId}:{seatId}', access: 'public' },
    team: { template: 'team-{teamId}' },
    user: { template: 'user-{userId}' },
    global: { template: 'global', access: 'authenticated' },
  },
  events: {
    said: { room: 'event', payload: message, delivery: 'reliable', example: { text: 'hello' } },
    titled: { room: 'event', payload: z.string(), delivery: 'reliable', example: 'A title' },
    priced: {
      ...{ room: 'event', payload: price, delivery: 'latest', example: { row: 'A', price: 9 } },
      key: ({ row }: { row: string }) => row,
    },
    forecast: { room: 'event', payload: z.string(), delivery: 'latest', example: 'rain' },
    typing: { room: 'event', payload: z.string(), delivery: 'volatile', example: 'alice' },
    planned: { room: 'team', payload: message, delivery: 'reliable', example: { text: 'a plan' } },
    whispered: { room: 'user', payload: message, delivery: 'reliable', example: { text: 'psst' } },
    announced: { room: 'global', payload: message, delivery: 'reliable', example: { text: 'all' } },
  },
  actions: {
    say: { input: message, output: z.object({ length: z.number() }), errors: ['TOO_LOUD'] },
    look: { input: z.any(), output: z.any(), guests: true },
    'leave-hall': { input: z.any(), output: z.any() },
    dance: { input: z.any(), output: z.any() },
  },
});

export type BoardContract = typeof boardContract;
