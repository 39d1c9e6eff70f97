import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { EventSummary } from '../../shared/event.ts';
import { useRealtimeEvent } from './realtimeHooks.ts';
import { useEventRooms } from './useEventRooms.ts';
import { useRecovery } from './useRecovery.ts';

const events = ['events'];
const activity = ['activity'];

/** Keeps the programme and what happens in it true, by being in the room of every event in it. */
export function useLiveProgramme(programme: readonly EventSummary[]): void {
  const cache = useQueryClient();
  const refreshEvents = () => void cache.invalidateQueries({ queryKey: events });
  const refreshActivity = () => void cache.invalidateQueries({ queryKey: activity });
  const refreshAll = useCallback(() => {
    for (const queryKey of [events, activity]) void cache.invalidateQueries({ queryKey });
  }, [cache]);
  useEventRooms(programme.map((event) => event.id));
  useRealtimeEvent('ticket-purchased', refreshAll);
  useRealtimeEvent('ticket-transferred', refreshActivity);
  useRealtimeEvent('event-updated', refreshEvents);
  useRecovery('event', refreshAll);
}
