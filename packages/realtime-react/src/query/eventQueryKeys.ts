import type { QueryKey } from '@tanstack/react-query';

/** Which queries an event of the room of an event makes stale. */
export const staleAfter: Readonly<Record<string, (eventId: string) => readonly QueryKey[]>> = {
  'ticket-purchased': (eventId) => [
    ['event', eventId],
    ['event-tickets', eventId],
    ['user-tickets'],
  ],
  'ticket-transferred': (eventId) => [['event-tickets', eventId], ['user-tickets']],
  'event-updated': (eventId) => [['event', eventId]],
  'new-message': (eventId) => [['event-messages', eventId]],
};

/** The queries that are bound to the room of an event: stale once something in it was missed. */
export const boundToRoom = (eventId: string): readonly QueryKey[] => [
  ['event', eventId],
  ['event-tickets', eventId],
  ['user-tickets'],
  ['event-messages', eventId],
];
