import { useQueryClient } from '@tanstack/react-query';
import type { OwnedTicket } from '../../shared/wallet.ts';
import { useRealtimeEvent } from './realtimeHooks.ts';
import { useEventRooms } from './useEventRooms.ts';

/** Keeps time and place on the visitor's tickets true. */
export function useLiveTickets(tickets: readonly OwnedTicket[]): void {
  const cache = useQueryClient();
  useEventRooms(tickets.map(({ event }) => event.id));
  useRealtimeEvent('event-updated', () => {
    void cache.invalidateQueries({ queryKey: ['user-tickets'] });
  });
}
