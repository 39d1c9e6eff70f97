import { createRealtimeHooks } from '@roomcast/realtime-react';
import { shopContract } from '../../shared/shopContract.ts';

/** The hooks, typed by the contract that the server speaks. */
export const {
  useConnectionStatus,
  useEventWebSocket,
  usePresence,
  useRealtimeEvent,
  useRealtimeQuery,
  useWebSocket,
} = createRealtimeHooks(shopContract);
