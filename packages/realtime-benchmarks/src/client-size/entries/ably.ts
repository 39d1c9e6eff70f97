export { Realtime } from 'ably';
