import type { ConnectionStatus } from '@roomcast/realtime-react';

/** How a connection is shown: the colour of its dot and its words. */
export interface ConnectionLabel {
  readonly tone: 'live' | 'waiting' | 'offline';
  readonly text: string;
}

export function connectionLabel(state: ConnectionStatus): ConnectionLabel {
  switch (state.status) {
    case 'connected':
      return { tone: 'live', text: 'Live' };
    case 'idle':
    case 'connecting':
      return { tone: 'waiting', text: 'Connecting…' };
    case 'reconnecting':
      return { tone: 'waiting', text: `Reconnecting, attempt ${state.attempt}` };
    case 'suspended':
    case 'closed':
      return { tone: 'offline', text: 'Offline' };
  }
}
