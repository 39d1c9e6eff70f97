import type { EventContract } from '@roomcast/realtime-contract/event-contract';
import type { QuerySync } from './querySync.ts';

/**
 * What the events of the ready contract do to the cache: they make the queries `['event', id]`,
 * `['event-tickets', id]`, `['user-tickets']` and `['event-messages', id]` stale.
 *
 * Written without `defineQuerySync`: the contract would bring its schemas into every page.
 */
export const eventQuerySync: QuerySync<EventContract, 'event'> = {
  events: {
    'ticket-purchased': {
      invalidate: (_, { params: { eventId } }) => [
        ['event', eventId],
        ['event-tickets', eventId],
        ['user-tickets'],
      ],
    },
    'ticket-transferred': {
      invalidate: (_, { params: { eventId } }) => [['event-tickets', eventId], ['user-tickets']],
    },
    'event-updated': { invalidate: (_, { params: { eventId } }) => [['event', eventId]] },
    'new-message': { invalidate: (_, { params: { eventId } }) => [['event-messages', eventId]] },
  },
  rooms: {
    event: ({ eventId }) => [
      ['event', eventId],
      ['event-tickets', eventId],
      ['user-tickets'],
      ['event-messages', eventId],
    ],
  },
};
