// Tickets.tsx
import { useEventWebSocket } from '@roomcast/realtime-react';
import { useQuery } from '@tanstack/react-query';

interface TicketsProps {
  eventId: string;
  fetchTickets: (eventId: string) => Promise<string[]>;
}

export function Tickets({ eventId, fetchTickets }: TicketsProps) {
  const { isConnected } = useEventWebSocket(eventId);
  const { data = [] } = useQuery({
    queryKey: ['event-tickets', eventId],
    queryFn: () => fetchTickets(eventId),
  });
  return (
    <>
      {!isConnected && <p role="alert">Not live</p>}
      <ul>
        {data.map((seat) => (
          <li key={seat}>{seat}</li>
        ))}
      </ul>
    </>
  );
}
