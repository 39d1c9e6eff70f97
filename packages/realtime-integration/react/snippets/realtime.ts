// realtime.ts
import { createRealtimeClient } from '@roomcast/realtime-client';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { createRealtimeHooks } from '@roomcast/realtime-react';

export const client = createRealtimeClient({
  contract: eventContract,
  getToken: () => localStorage.getItem('token'),
});

export const {
  useAction,
  useConnectionStatus,
  useEventWebSocket,
  useQuerySync,
  useRealtimeEvent,
  useRealtimeQuery,
  useRealtimeState,
  useWebSocket,
} = createRealtimeHooks(eventContract);
