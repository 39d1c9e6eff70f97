// Faults
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

// Server
export { startTestServer, type TestServerOptions } from './server/startTestServer.ts';
export type { ReportedError, TesterTarget, TestServer } from './server/testServer.ts';

// Clients
export { type RoomJoined, testEventRoomJoin } from './tester/testEventRoomJoin.ts';
export { testWebSocketConnection } from './tester/testWebSocketConnection.ts';
export { WebSocketTester } from './tester/webSocketTester.ts';
