// Root.tsx
import { RealtimeProvider } from '@roomcast/realtime-react';
import { RealtimeDevtools } from '@roomcast/realtime-react/devtools';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { client } from './realtime.ts';
import { Tickets } from './Tickets.tsx';

const queries = new QueryClient();

export function Root() {
  return (
    <QueryClientProvider client={queries}>
      <RealtimeProvider client={client}>
        <Tickets eventId="42" />
        <RealtimeDevtools />
      </RealtimeProvider>
    </QueryClientProvider>
  );
}
