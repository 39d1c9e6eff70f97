import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useAction } from '../src/hooks/useAction.ts';
import { useConnectionStatus } from '../src/hooks/useConnectionStatus.ts';
import { useEventWebSocket } from '../src/hooks/useEventWebSocket.ts';
import { useQuerySync } from '../src/hooks/useQuerySync.ts';
import { useRealtimeEvent } from '../src/hooks/useRealtimeEvent.ts';
import { useRealtimeQuery } from '../src/hooks/useRealtimeQuery.ts';
import { useRealtimeState } from '../src/hooks/useRealtimeState.ts';
import { useRoom } from '../src/hooks/useRoom.ts';
import { useWebSocket } from '../src/hooks/useWebSocket.ts';
import { eventQuerySync } from '../src/query/eventQuerySync.ts';
import type { QuerySnapshot } from '../src/query/realtimeQuery.ts';
import { RealtimeProvider, type RealtimeProviderProps } from '../src/realtimeProvider.ts';

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
  const room: ['event', { eventId: string }] = ['event', { eventId: '42' }];
  const { position } = useRoom(room);
  const count = useRealtimeState(room, { initial: 0, reduce: (sum) => sum + 1 });
  useQuerySync(eventQuerySync, room);
  useAction('send-message');
  const seats = useRealtimeQuery({
    ...{ queryKey: ['seats'], room, patches: {} },
    snapshot: () => new Promise<QuerySnapshot<string>>(() => {}),
  });
  const { status } = useConnectionStatus();
  const words = [
    status,
    isConnected ? 'live' : 'not live',
    connectionError?.message ?? 'no error',
    socket ? 'a socket' : 'no socket',
    `${position?.offset ?? 'nowhere'} ${count} ${seats.status}`,
  ];
  return <p>{words.join(', ')}</p>;
}
