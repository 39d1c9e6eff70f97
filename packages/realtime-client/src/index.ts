// Client
export type { CallOptions } from './actions/actionCalls.ts';
export type { RealtimeClientOptions } from './clientOptions.ts';
// Connection
export type { CloseReason, ConnectionState } from './connection/connectionState.ts';
export { createRealtimeClient } from './createRealtimeClient.ts';
// Rooms and events
export type { EventHandler, PublicationMeta } from './events/eventHandlers.ts';
export type { RealtimeClient, RoomRecovery } from './realtimeClient.ts';
export type { Recovery, RoomState } from './rooms/room.ts';
export type { RoomSubscription } from './rooms/roomSubscription.ts';
export type { TransportName } from './socket-io/openTransport.ts';
