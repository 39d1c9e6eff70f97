// Seats.tsx
import type { QuerySnapshot } from '@roomcast/realtime-react';
import { useRealtimeQuery } from './realtime.ts';

type Seats = Readonly<Record<string, string>>;

async function fetchSeats(eventId: string): Promise<QuerySnapshot<Seats>> {
  const response = await fetch(`/api/events/${eventId}/seats`);
  if (!response.ok) throw new Error(`The seats could not be loaded: ${response.status}`);
  return response.json();
}

export function Seats({ eventId }: { eventId: string }) {
  const { data = {} } = useRealtimeQuery({
    queryKey: ['seats', eventId],
    room: ['event', { eventId }],
    snapshot: () => fetchSeats(eventId),
    patches: {
      'ticket-purchased': (seats, { seat, buyer }) => (seat ? { ...seats, [seat]: buyer } : seats),
      'ticket-transferred': (seats, { seat, to }) => (seat ? { ...seats, [seat]: to } : seats),
    },
  });
  return (
    <ul>
      {Object.entries(data).map(([seat, owner]) => (
        <li key={seat}>{`${seat}: ${owner}`}</li>
      ))}
    </ul>
  );
}
