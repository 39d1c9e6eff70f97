'use client';

// Hooks
export type { ConnectionStatus } from './connection/connectionStatus.ts';
export { createRealtimeHooks, type RealtimeHooks } from './createRealtimeHooks.ts';
export { type UseActionOptions, useAction } from './hooks/useAction.ts';
export { useConnectionStatus } from './hooks/useConnectionStatus.ts';
export { useEventWebSocket } from './hooks/useEventWebSocket.ts';
export { usePresence } from './hooks/usePresence.ts';
export { useQuerySync } from './hooks/useQuerySync.ts';
export { useRealtimeClient } from './hooks/useRealtimeClient.ts';
export { useRealtimeEvent } from './hooks/useRealtimeEvent.ts';
export { useRealtimeQuery } from './hooks/useRealtimeQuery.ts';
export { type UseRealtimeStateOptions, useRealtimeState } from './hooks/useRealtimeState.ts';
export { useRoom } from './hooks/useRoom.ts';
export {
  type UseWebSocketOptions,
  type UseWebSocketResult,
  useWebSocket,
} from './hooks/useWebSocket.ts';
// The cache that is never stale
export { defineQuerySync } from './query/defineQuerySync.ts';
export { eventQuerySync } from './query/eventQuerySync.ts';
export type { OptimisticChange } from './query/optimistic.ts';
export type {
  EventAppend,
  EventMeta,
  EventPatch,
  EventSync,
  QuerySync,
} from './query/querySync.ts';
export {
  type QuerySnapshot,
  type RealtimeQuery,
  type SnapshotQueryOptions,
  snapshotQueryOptions,
} from './query/realtimeQuery.ts';
export { watchQuerySync } from './query/watchQuerySync.ts';
export { RealtimeProvider, type RealtimeProviderProps } from './realtimeProvider.ts';
export type { RoomView } from './rooms/createRoomView.ts';

// The Socket.IO-shaped view of the connection
export type {
  ConnectionEvents,
  SocketEventName,
  SocketFacade,
  SocketListener,
} from './socket/socketFacade.ts';
