export { createRealtimeClient } from '@roomcast/realtime-client';
// What a page of an event imports.
export {
  RealtimeProvider,
  useConnectionStatus,
  useEventWebSocket,
  useRealtimeEvent,
  useWebSocket,
} from '@roomcast/realtime-react';
