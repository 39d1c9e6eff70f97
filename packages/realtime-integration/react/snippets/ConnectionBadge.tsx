// ConnectionBadge.tsx
import { client, useConnectionStatus } from './realtime.ts';

export function ConnectionBadge() {
  const state = useConnectionStatus();
  switch (state.status) {
    case 'idle':
    case 'connecting':
      return <p>Connecting…</p>;
    case 'connected':
      return <p>{state.userId ? `Live as ${state.userId}` : 'Live'}</p>;
    case 'reconnecting':
      return <p>{`Reconnecting, attempt ${state.attempt}`}</p>;
    case 'suspended':
      return <p>Offline for more than two minutes</p>;
    case 'closed':
      return (
        <button type="button" onClick={() => client.connect()}>
          Connect
        </button>
      );
  }
}
