// Client

// Actions
export type { CallOptions, OfflinePolicy } from './actions/callOptions.ts';
export { createIdempotencyKey } from './actions/createIdempotencyKey.ts';
export { createOutbox, type OutboxOptions } from './actions/createOutbox.ts';
export type { Outbox } from './actions/outbox.ts';
export type { OpenerOption, RealtimeClientOptions } from './clientOptions.ts';
// Connection
export type { CloseReason, ConnectionState } from './connection/connectionState.ts';
export { createRealtimeClient } from './createRealtimeClient.ts';
// Rooms and events
export type { EventHandler, PublicationMeta, RemovalHandler } from './events/eventHandlers.ts';
// The log
export { type FollowOptions, followRoom } from './history/followRoom.ts';
export type { FollowState, RoomFollow, RoomGap } from './history/roomFollow.ts';
export type { HistoryOptions, RoomHistory } from './history/roomHistory.ts';
// Devtools
export type { InspectedRoom, Inspection, Notice } from './inspection.ts';
export type { PositionStorageOptions, StorageArea } from './positions/positionStorage.ts';
export { followPresence } from './presence/followPresence.ts';
export type { PresencePort } from './presence/presencePort.ts';
export type { PresenceView, PresentMember } from './presence/presenceView.ts';
export type { RoomPresence, RoomPresenceOptions } from './presence/roomPresence.ts';
// Presence
export {
  type PresenceViewStore,
  watchPresence,
} from './presence/watchPresence.ts';
export type { ClientPorts, RealtimeClient, RoomRecovery } from './realtimeClient.ts';
export type { Recovery } from './rooms/recovery.ts';
export type { RoomState } from './rooms/room.ts';
export type { RoomPublication } from './rooms/roomPublication.ts';
export type { RoomSubscription } from './rooms/roomSubscription.ts';
export type { TransportName } from './socket-io/engine.ts';
