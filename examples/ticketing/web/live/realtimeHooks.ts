import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { createRealtimeHooks } from '@roomcast/realtime-react';

/** The hooks, typed by the contract that the server speaks. */
export const {
  useConnectionStatus,
  useEventWebSocket,
  useRealtimeEvent,
  useRealtimeQuery,
  useWebSocket,
} = createRealtimeHooks(eventContract);
