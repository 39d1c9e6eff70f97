'use client';
import { useSyncExternalStore } from 'react';
import type { ConnectionStatus } from '../connection/connectionStatus.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';

const serverStatus: ConnectionStatus = { status: 'idle' };

/** Where the shared connection is; renders again when that changes. Idle during server rendering. */
export function useConnectionStatus(): ConnectionStatus {
  const { status } = useRealtimeContext();
  return useSyncExternalStore(status.subscribe, status.getStatus, () => serverStatus);
}
