import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Wallet } from '../../shared/wallet.ts';
import { showToast } from '../toasts/toastStore.ts';
import { useRealtimeEvent } from './realtimeHooks.ts';
import { useRecovery } from './useRecovery.ts';

const walletKey = ['user-tickets'];
const inboxKey = ['notifications'];

/**
 * Keeps balance, tickets and notifications of the visitor true on every page, and shows what is told
 * to them.
 */
export function useLiveWallet(): void {
  const cache = useQueryClient();
  const refresh = useCallback(() => {
    for (const queryKey of [walletKey, inboxKey]) void cache.invalidateQueries({ queryKey });
  }, [cache]);
  useRealtimeEvent('balance-updated', ({ balance }) => {
    cache.setQueryData<Wallet>(walletKey, (wallet) => wallet && { ...wallet, balance });
  });
  useRealtimeEvent('notification', ({ type, title, message }) => {
    showToast({ type, title, message });
    // What a user is told of may have changed what the user has.
    refresh();
  });
  useRecovery('user', refresh);
}
