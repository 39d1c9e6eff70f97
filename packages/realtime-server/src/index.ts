// Manager
export type { ActionContext, ActionHandler, ActionHandlers } from './actions/actionHandler.ts';
// Cluster
export type { AskOptions, ClusterNode } from './cluster/cluster.ts';
export type { ClusterOptions, ControlLogBounds } from './cluster/clusterOptions.ts';
export type {
  ClusterActiveRooms,
  ClusterConnectionCount,
  ManagerCluster,
} from './cluster/managerCluster.ts';
export type { WebSocketManagerOptions } from './config/managerOptions.ts';
export type { ForwardedHeader } from './limits/clientAddress.ts';
export type { LimitOptions } from './limits/limitOptions.ts';
export {
  type Drainable,
  type DrainOnSignalsOptions,
  drainOnSignals,
} from './operations/drainOnSignals.ts';
// Ending and health
export type { DrainOptions, DrainResult } from './operations/drainOptions.ts';
export type { HealthReason, ManagerHealth } from './operations/health.ts';
export type { HealthPaths } from './operations/healthRoutes.ts';
export type { Listening } from './operations/httpServer.ts';
export type { Snapshot } from './publishing/takeSnapshot.ts';
export type { ManagerRooms, RoomMembers } from './rooms/managerRooms.ts';
// Who may connect and join
export type { Authorise } from './rooms/roomAuthoriser.ts';
export type { Authenticate } from './session/authenticate.ts';
export {
  type JwtAuthenticatorOptions,
  type JwtKeySetOptions,
  type JwtSecretOptions,
  jwtAuthenticator,
} from './session/jwtAuthenticator.ts';
export type { ManagerSessions } from './session/managerSessions.ts';
export type { AuthenticatedUser, DialectName, SessionInfo } from './session/session.ts';
export type { SessionWatcher } from './session/sessionWatchers.ts';
export { WebSocketManager } from './webSocketManager.ts';
