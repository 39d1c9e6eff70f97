import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { defineQuerySync } from './defineQuerySync.ts';
import type { QuerySync } from './querySync.ts';

interface Message {
  readonly id: string;
  readonly text: string;
}

export const sync: QuerySync<EventContract, 'event' | 'user'> = defineQuerySync(eventContract, {
  events: {
    'ticket-purchased': {
      invalidate: ({ buyer, price }, { params }) => [
        ['tickets', params.eventId.toUpperCase(), buyer.toUpperCase(), price.toFixed()],
      ],
    },
    'event-updated': {
      patch: {
        keys: (_, { params }) => [['event', params.eventId]],
        apply: (event: object, { updates }) => ({ ...event, ...updates }),
      },
    },
    'new-message': {
      append: {
        keys: (_, { params }) => [['messages', params.eventId]],
        item: ({ messageId, message }): Message => ({ id: messageId, text: message }),
        idOf: (message: Message) => message.id,
      },
    },
    'balance-updated': { invalidate: ({ userId }) => [['balance', userId]] },
  },
  rooms: {
    event: ({ eventId }) => [['event', eventId.toUpperCase()]],
    user: ({ userId }) => [['balance', userId]],
  },
});

defineQuerySync(eventContract, {
  // @ts-expect-error the contract has no such event
  events: { 'ticket-bought': { invalidate: () => [] } },
  rooms: { event: () => [], user: () => [], global: () => [] },
});

defineQuerySync(eventContract, {
  // @ts-expect-error the payload has no such field
  events: { 'ticket-purchased': { invalidate: ({ owner }) => [[owner]] } },
  rooms: { event: () => [] },
});

defineQuerySync(eventContract, {
  // @ts-expect-error a room of this event has no such parameter
  events: { 'ticket-purchased': { invalidate: (_, { params }) => [[params.userId]] } },
  rooms: { event: () => [] },
});

defineQuerySync(eventContract, {
  events: { 'ticket-purchased': { invalidate: () => [] } },
  // @ts-expect-error what a gap makes stale is missing
  rooms: {},
});

defineQuerySync(eventContract, {
  events: { 'ticket-purchased': { invalidate: () => [] } },
  rooms: {
    // @ts-expect-error a room of this kind has no such parameter
    event: ({ userId }) => [[userId]],
  },
});

defineQuerySync(eventContract, {
  // @ts-expect-error a key is a list
  events: { 'ticket-purchased': { invalidate: () => ['tickets'] } },
  rooms: { event: () => [] },
});

defineQuerySync(eventContract, {
  // @ts-expect-error a patch needs the queries that it changes
  events: { 'event-updated': { patch: { apply: (event: object) => event } } },
  rooms: { event: () => [] },
});
