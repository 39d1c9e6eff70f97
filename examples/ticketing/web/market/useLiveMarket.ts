import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Quote } from '../../shared/quote.ts';
import { useRealtimeEvent } from '../live/realtimeHooks.ts';
import { useRecovery } from '../live/useRecovery.ts';

const queryKey = ['market'];

/** Keeps the quotes true. Guests are not told of changes: they see the prices of their page load. */
export function useLiveMarket(): void {
  const cache = useQueryClient();
  const refresh = useCallback(() => void cache.invalidateQueries({ queryKey }), [cache]);
  useRealtimeEvent('market-update', ({ symbol, price, change, timestamp }) => {
    cache.setQueryData<Quote[]>(queryKey, (quotes) =>
      quotes?.map((quote) => {
        // A join brings the newest of each symbol again.
        const isKnown = quote.price === price && quote.change === change;
        return quote.symbol !== symbol || isKnown
          ? quote
          : { ...quote, price, change, at: timestamp };
      }),
    );
    // The answer that is on its way may be older than this.
    if (cache.isFetching({ queryKey }) > 0) refresh();
  });
  useRecovery('global', refresh);
}
