'use client';
import type { ConnectionState } from '@roomcast/realtime-client';
import { useSyncExternalStore } from 'react';
import { useRealtimeContext } from './useRealtimeContext.ts';

const serverState: ConnectionState = { status: 'idle' };

/** Where the shared connection is; renders again when that changes. Idle during server rendering. */
export function useConnectionStatus(): ConnectionState {
  const { client } = useRealtimeContext();
  return useSyncExternalStore(
    client.watchState,
    () => client.state,
    () => serverState,
  );
}
