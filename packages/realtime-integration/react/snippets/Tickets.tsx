// Tickets.tsx
import { useQuery } from '@tanstack/react-query';
import { useEventWebSocket } from './realtime.ts';

interface Ticket {
  id: string;
  seat: string;
  owner: string | null;
}

async function fetchTickets(eventId: string): Promise<Ticket[]> {
  const response = await fetch(`/api/events/${eventId}/tickets`);
  if (!response.ok) throw new Error(`The tickets could not be loaded: ${response.status}`);
  return response.json();
}

export function Tickets({ eventId }: { eventId: string }) {
  const { isConnected } = useEventWebSocket(eventId);
  const tickets = useQuery({
    queryKey: ['event-tickets', eventId],
    queryFn: () => fetchTickets(eventId),
  });
  return (
    <>
      <p>{isConnected ? 'Live' : 'Connecting…'}</p>
      <ul>
        {tickets.data?.map(({ id, seat, owner }) => (
          <li key={id}>{`${seat}: ${owner ?? 'free'}`}</li>
        ))}
      </ul>
    </>
  );
}
