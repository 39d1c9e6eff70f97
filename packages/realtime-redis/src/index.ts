// The ledger of calls in Redis
export { createRedisCallLedger } from './calls/createRedisCallLedger.ts';
export type { RedisCallLedger } from './calls/redisCallLedger.ts';
export type { RedisCallLedgerOptions } from './calls/redisCallLedgerOptions.ts';

// The log in Redis
export { createRedisBroker } from './createRedisBroker.ts';
// Presence in Redis
export { createRedisPresenceStore } from './presence/createRedisPresenceStore.ts';
export type { RedisPresenceStore } from './presence/redisPresenceStore.ts';
export type { RedisPresenceStoreOptions } from './presence/redisPresenceStoreOptions.ts';
// Rates in Redis
export { createRedisRateCounter, type RedisRateCounter } from './rates/createRedisRateCounter.ts';
export type { RedisRateCounterOptions } from './rates/redisRateCounterOptions.ts';
export type { RedisBroker } from './redisBroker.ts';
export type { RedisBrokerOptions, RedisClusterOptions } from './redisBrokerOptions.ts';
