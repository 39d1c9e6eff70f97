import { queryOptions } from '@tanstack/react-query';
import type { ShopApi } from './createShopApi.ts';

/** What the pages read, by the keys that Roomcast keeps fresh. */
export function createShopQueries(api: ShopApi) {
  return {
    users: () =>
      queryOptions({
        queryKey: ['users'],
        queryFn: ({ signal }) => api.users(signal),
        staleTime: Number.POSITIVE_INFINITY,
      }),
    activity: () =>
      queryOptions({ queryKey: ['activity'], queryFn: ({ signal }) => api.activity(signal) }),
    announcements: () =>
      queryOptions({
        queryKey: ['announcements'],
        queryFn: ({ signal }) => api.announcements(signal),
      }),
    market: () =>
      queryOptions({ queryKey: ['market'], queryFn: ({ signal }) => api.market(signal) }),
    inbox: () =>
      queryOptions({ queryKey: ['notifications'], queryFn: ({ signal }) => api.inbox(signal) }),
    events: () =>
      queryOptions({ queryKey: ['events'], queryFn: ({ signal }) => api.events(signal) }),
    event: (id: string) =>
      queryOptions({ queryKey: ['event', id], queryFn: ({ signal }) => api.event(id, signal) }),
    eventMessages: (id: string) =>
      queryOptions({
        queryKey: ['event-messages', id],
        queryFn: ({ signal }) => api.eventMessages(id, signal),
      }),
    wallet: () =>
      queryOptions({ queryKey: ['user-tickets'], queryFn: ({ signal }) => api.wallet(signal) }),
  };
}

export type ShopQueries = ReturnType<typeof createShopQueries>;
