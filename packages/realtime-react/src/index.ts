'use client';

// Hooks
export { createRealtimeHooks, type RealtimeHooks } from './createRealtimeHooks.ts';
export { useConnectionStatus } from './hooks/useConnectionStatus.ts';
export { useEventWebSocket } from './hooks/useEventWebSocket.ts';
export { useRealtimeClient } from './hooks/useRealtimeClient.ts';
export { useRealtimeEvent } from './hooks/useRealtimeEvent.ts';
export {
  type UseWebSocketOptions,
  type UseWebSocketResult,
  useWebSocket,
} from './hooks/useWebSocket.ts';
export { RealtimeProvider, type RealtimeProviderProps } from './realtimeProvider.tsx';

// The Socket.IO-shaped view of the connection
export type {
  ConnectionEvents,
  SocketEventName,
  SocketFacade,
  SocketListener,
} from './socket/socketFacade.ts';
