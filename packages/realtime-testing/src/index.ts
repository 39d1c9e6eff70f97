// Faults
export { type FaultProxy, startFaultProxy } from './faults/startFaultProxy.ts';

// Server
export { startTestServer, type TestServerOptions } from './server/startTestServer.ts';
export type { ReportedError, TesterTarget, TestServer } from './server/testServer.ts';

// Clients
export { type RoomJoined, testEventRoomJoin } from './tester/testEventRoomJoin.ts';
export { testWebSocketConnection } from './tester/testWebSocketConnection.ts';
export { WebSocketTester } from './tester/webSocketTester.ts';
