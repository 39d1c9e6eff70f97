import { type Contract, defineContract, type EventDefinition } from '@roomcast/realtime-contract';
import { z } from 'zod';

type Said = z.ZodObject<{ text: z.ZodString }>;
type Mood = z.ZodObject<{ of: z.ZodString; is: z.ZodString }>;

/** A room whose events are encrypted, beside one that is not. */
export type ChatContract = Contract<
  { readonly chat: { readonly template: 'chat-{chatId}'; readonly access: 'public' } },
  {
    readonly said: EventDefinition<Said, 'chat', true>;
    readonly mood: EventDefinition<Mood, 'chat', true>;
    readonly joined: EventDefinition<z.ZodString, 'chat', never>;
  },
  Readonly<Record<never, never>>
>;

export const chatContract: ChatContract = defineContract({
  version: '1.0',
  rooms: { chat: { template: 'chat-{chatId}', access: 'public' } },
  events: {
    said: {
      room: 'chat',
      payload: z.object({ text: z.string() }),
      delivery: 'reliable',
      example: { text: 'hi' },
      encrypted: true,
    },
    mood: {
      room: 'chat',
      payload: z.object({ of: z.string(), is: z.string() }),
      delivery: 'latest',
      key: ({ of }) => of,
      example: { of: 'alice', is: 'fine' },
      encrypted: true,
    },
    joined: { room: 'chat', payload: z.string(), delivery: 'reliable', example: 'alice' },
  },
});
