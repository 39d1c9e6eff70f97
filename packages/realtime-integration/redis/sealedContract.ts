import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

const text = z.object({ text: z.string() });

/** A chat whose messages are encrypted, and an event beside them that is not. */
export const sealedContract = defineContract({
  version: '1.0',
  rooms: { chat: { template: 'chat-{chatId}', access: 'public' } },
  events: {
    said: {
      room: 'chat',
      payload: text,
      delivery: 'reliable',
      example: { text: 'hi' },
      encrypted: true,
    },
    mood: {
      room: 'chat',
      payload: text,
      delivery: 'latest',
      example: { text: 'fine' },
      encrypted: true,
    },
    typing: {
      room: 'chat',
      payload: text,
      delivery: 'volatile',
      example: { text: 'alice' },
      encrypted: true,
    },
    joined: { room: 'chat', payload: text, delivery: 'reliable', example: { text: 'alice' } },
  },
});

/** The keys of the chat by their id; the nodes have none of them. */
export const sealedKeys: Readonly<Record<string, Uint8Array>> = {
  'k-1': new Uint8Array(32).fill(1),
  'k-2': new Uint8Array(32).fill(2),
};
