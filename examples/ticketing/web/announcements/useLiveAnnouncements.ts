import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useRealtimeEvent } from '../live/realtimeHooks.ts';
import { useRecovery } from '../live/useRecovery.ts';

const queryKey = ['announcements'];

/** Keeps the announcements true. Guests see those of their page load. */
export function useLiveAnnouncements(): void {
  const cache = useQueryClient();
  const refresh = useCallback(() => void cache.invalidateQueries({ queryKey }), [cache]);
  useRealtimeEvent('system-announcement', refresh);
  useRecovery('global', refresh);
}
