// OnDemand.tsx
import { useWebSocket } from './realtime.ts';

export function OnDemand({ eventId }: { eventId: string }) {
  const { isConnected, connect, disconnect } = useWebSocket({ eventId, autoConnect: false });
  return (
    <button type="button" onClick={isConnected ? disconnect : connect}>
      {isConnected ? 'Stop watching' : 'Watch live'}
    </button>
  );
}
