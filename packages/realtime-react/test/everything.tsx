import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useConnectionStatus } from '../src/hooks/useConnectionStatus.ts';
import { useEventWebSocket } from '../src/hooks/useEventWebSocket.ts';
import { useRealtimeEvent } from '../src/hooks/useRealtimeEvent.ts';
import { useWebSocket } from '../src/hooks/useWebSocket.ts';
import { RealtimeProvider, type RealtimeProviderProps } from '../src/realtimeProvider.tsx';

/** A page that uses every hook and shows what they return. */
export function Everything({ client }: RealtimeProviderProps): ReactNode {
  return (
    <QueryClientProvider client={new QueryClient()}>
      <RealtimeProvider client={client}>
        <Hooks />
      </RealtimeProvider>
    </QueryClientProvider>
  );
}

function Hooks() {
  const { socket, isConnected, connectionError } = useWebSocket({ eventId: '42', userId: 'alice' });
  useEventWebSocket('42');
  useRealtimeEvent('ticket-purchased', () => {});
  const { status } = useConnectionStatus();
  const words = [
    status,
    isConnected ? 'live' : 'not live',
    connectionError?.message ?? 'no error',
    socket ? 'a socket' : 'no socket',
  ];
  return <p>{words.join(', ')}</p>;
}
