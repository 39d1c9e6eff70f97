// EventTitle.tsx
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { defineQuerySync } from '@roomcast/realtime-react';
import { useQuery } from '@tanstack/react-query';
import { useQuerySync } from './realtime.ts';

interface EventDetails {
  title: string;
  venue: string;
}

const detailsSync = defineQuerySync(eventContract, {
  events: {
    'event-updated': {
      patch: {
        keys: (_, { params }) => [['details', params.eventId]],
        apply: (details: EventDetails, { updates }) => ({ ...details, ...updates }),
      },
    },
    'ticket-purchased': { invalidate: (_, { params }) => [['revenue', params.eventId]] },
  },
  rooms: {
    event: ({ eventId }) => [
      ['details', eventId],
      ['revenue', eventId],
    ],
  },
});

export function EventTitle({ eventId }: { eventId: string }) {
  useQuerySync(detailsSync, ['event', { eventId }]);
  const details = useQuery({
    queryKey: ['details', eventId],
    queryFn: async (): Promise<EventDetails> => (await fetch(`/api/events/${eventId}`)).json(),
  });
  return <h1>{details.data && `${details.data.title}, ${details.data.venue}`}</h1>;
}
