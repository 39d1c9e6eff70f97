import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { EventSummary } from '../../shared/event.ts';
import { useSession } from '../session/useSession.ts';
import { useRealtimeEvent } from './realtimeHooks.ts';
import { useRecovery } from './useRecovery.ts';

const queryKey = ['events'];

/** Keeps the free seats of the programme true, by being in the room of every event in it. */
export function useLiveProgramme(events: readonly EventSummary[]): void {
  const { client } = useSession();
  const cache = useQueryClient();
  const refresh = useCallback(() => void cache.invalidateQueries({ queryKey }), [cache]);
  const ids = events.map((event) => event.id).join(' ');
  useEffect(() => {
    const rooms = ids.split(' ').filter(Boolean);
    const subscriptions = rooms.map((eventId) => client.subscribe('event', { eventId }));
    return () => {
      for (const subscription of subscriptions) subscription.release();
    };
  }, [client, ids]);
  useRealtimeEvent('ticket-purchased', refresh);
  useRecovery('event', refresh);
}
