import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { PropsWithChildren, ReactNode } from 'react';
import { RealtimeProvider, type RealtimeProviderProps } from '../src/realtimeProvider.ts';

/** What the hooks need above them, for the `wrapper` option of Testing Library. */
export function providers(
  client: RealtimeProviderProps['client'],
  queries: QueryClient = new QueryClient(),
): (props: PropsWithChildren) => ReactNode {
  return ({ children }) => (
    <QueryClientProvider client={queries}>
      <RealtimeProvider client={client}>{children}</RealtimeProvider>
    </QueryClientProvider>
  );
}
