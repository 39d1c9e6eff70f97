export { type RedisOptions, type RunningRedis, startRedis } from './startRedis.ts';
