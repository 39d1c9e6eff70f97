import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Wallet } from '../../shared/wallet.ts';
import { showToast } from '../toasts/toastStore.ts';
import { useRealtimeEvent } from './realtimeHooks.ts';
import { useRecovery } from './useRecovery.ts';

const queryKey = ['user-tickets'];

/** Keeps balance and tickets of the visitor true on every page, and shows what is told to them. */
export function useLiveWallet(): void {
  const cache = useQueryClient();
  const refresh = useCallback(() => void cache.invalidateQueries({ queryKey }), [cache]);
  useRealtimeEvent('balance-updated', ({ balance }) => {
    cache.setQueryData<Wallet>(queryKey, (wallet) => wallet && { ...wallet, balance });
  });
  useRealtimeEvent('notification', ({ type, title, message }) => {
    showToast({ type, title, message });
    // Whatever a user is told of here changes what the user has.
    refresh();
  });
  useRecovery('user', refresh);
}
