export { createRealtimeClient } from '@roomcast/realtime-client';
