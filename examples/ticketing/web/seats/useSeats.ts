import type { UseQueryResult } from '@tanstack/react-query';
import type { EventTickets } from '../../shared/ticket.ts';
import { useRealtimeQuery } from '../live/realtimeHooks.ts';
import { useSession } from '../session/useSession.ts';
import { giveSeat, sellSeat } from './changeSeat.ts';
import { seatsKey } from './seatsKey.ts';

/**
 * The seats of an event. They are fetched once, with their position in the event's stream, and
 * changed by what happens from there on: a sale costs no request.
 */
export function useSeats(eventId: string): UseQueryResult<EventTickets> {
  const { api } = useSession();
  return useRealtimeQuery({
    queryKey: seatsKey(eventId),
    room: ['event', { eventId }],
    snapshot: ({ signal }) => api.seats(eventId, signal),
    patches: { 'ticket-purchased': sellSeat, 'ticket-transferred': giveSeat },
  });
}
