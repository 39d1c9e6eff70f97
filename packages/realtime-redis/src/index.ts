// The log in Redis
export { createRedisBroker } from './createRedisBroker.ts';
export type { RedisBroker } from './redisBroker.ts';
export type { RedisBrokerOptions } from './redisBrokerOptions.ts';
