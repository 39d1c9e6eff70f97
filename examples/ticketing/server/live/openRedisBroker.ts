import {
  createRedisBroker,
  type RedisBroker,
  type RedisBrokerOptions,
} from '@roomcast/realtime-redis';
import { createRedisReport } from './createRedisReport.ts';

/** How the log is kept; all processes of the shop need the same. */
export type LogOptions = Pick<RedisBrokerOptions, 'history' | 'trustsPersistence'>;

/**
 * A log in Redis, which all processes of the shop share.
 *
 * @param onError - hears of what is wrong later on; printed by default
 * @throws Error that names the variable, where there is no Redis
 */
export async function openRedisBroker(
  url: string,
  log: LogOptions = {},
  onError = createRedisReport(),
): Promise<RedisBroker> {
  const broker = createRedisBroker({ ...log, url, onError });
  try {
    await broker.ready();
    return broker;
  } catch (cause) {
    await broker.close();
    throw new Error(`There is no Redis at REDIS_URL=${url}.`, { cause });
  }
}
