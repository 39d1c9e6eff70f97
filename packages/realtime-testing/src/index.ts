// Faults

// Assertions
export { assertConnected, assertNotConnected } from './assertions/assertConnected.ts';
export type { AssertionOptions } from './assertions/assertionOptions.ts';
export { assertJoined, assertNotJoined } from './assertions/assertJoined.ts';
export { assertReceivesEvent, assertReceivesNoEvent } from './assertions/assertReceivesEvent.ts';
export { assertNotRecovered, assertRecovered } from './assertions/assertRecovered.ts';
export type { ExpectedPayload } from './assertions/expectedPayload.ts';
export { type BandwidthFault, type BandwidthOptions, bandwidth } from './faults/bandwidth.ts';
export { type BlackHoleFault, type BlackHoleOptions, blackHole } from './faults/blackHole.ts';
export { type ChunksFault, type ChunksOptions, chunks } from './faults/chunks.ts';
export { type CutAfterFault, type CutAfterOptions, cutAfter } from './faults/cutAfter.ts';
export type { Direction } from './faults/direction.ts';
export type { Fault } from './faults/fault.ts';
export type { FaultProxy, FaultProxyOptions } from './faults/faultProxy.ts';
export {
  type FaultScheduleOptions,
  faultSchedule,
  type ScheduledFault,
} from './faults/faultSchedule.ts';
export { type HalfOpenFault, type HalfOpenOptions, halfOpen } from './faults/halfOpen.ts';
export { type LatencyFault, type LatencyOptions, latency } from './faults/latency.ts';
export { type ResetFault, reset } from './faults/reset.ts';
export { startFaultProxy } from './faults/startFaultProxy.ts';
// Recordings
export type { Recording } from './recordings/recording.ts';
// Servers
export type {
  PublishedEvent,
  ReceivedAction,
  RecordedDisconnect,
  RecordedJoin,
  RecordedSession,
  ServerRecordings,
} from './server/serverRecordings.ts';
export { startTestCluster } from './server/startTestCluster.ts';
export { startTestServer } from './server/startTestServer.ts';
export type { ClusterNodes, TestCluster, TestClusterOptions } from './server/testCluster.ts';
export type { ReportedError, TesterTarget, TestServer } from './server/testServer.ts';
export type { TestServerOptions } from './server/testServerOptions.ts';
// Clients
export type { ReceivedEvent } from './tester/receivedEvents.ts';
export { type RoomJoined, testEventRoomJoin } from './tester/testEventRoomJoin.ts';
export type { TesterClientOptions } from './tester/testerConnection.ts';
export { testWebSocketConnection } from './tester/testWebSocketConnection.ts';
export { WebSocketTester, type WebSocketTesterOptions } from './tester/webSocketTester.ts';
