export { createRealtimeClient } from '@roomcast/realtime-client';
export * from '@roomcast/realtime-react';
