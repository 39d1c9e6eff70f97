import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** A room that everybody may be in, and actions for everybody. */
export const floodContract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}', access: 'public' } },
  events: {
    shouted: { room: 'event', payload: z.string(), delivery: 'reliable', example: 'hello' },
  },
  actions: {
    echo: { input: z.string(), output: z.string(), guests: true },
    shout: { input: z.string(), output: z.null(), guests: true },
  },
});

/** What somebody floods a server with, by its name. */
export const floods = {
  'no-op': '6',
  broadcast: '42["shout","x"]',
  'join and leave': '42["join-event","2"]\n42["leave-event","2"]',
  ack: '421["echo","x"]',
  'namespace CONNECT': '40/nowhere,',
} as const;

export type FloodKind = keyof typeof floods;
