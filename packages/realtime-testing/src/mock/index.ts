export { createMockRealtime } from './createMockRealtime.ts';
export type { MockRoomRefusal } from './mockAccess.ts';
export type { MockActionContext, MockAnswer, MockCall, MockOutcome } from './mockAnswer.ts';
export type { MockDisconnect, MockHandshakeRefusal } from './mockDisconnect.ts';
export type { MockMember } from './mockMember.ts';
export type { EventRoomParams, MockPublish } from './mockPublish.ts';
export type { MockRealtime, MockRealtimeOptions } from './mockRealtime.ts';
export type { RunWithin } from './mockTurns.ts';
