import { createRedisBroker, type RedisBroker } from '@roomcast/realtime-redis';

/**
 * A log in Redis, which all processes of the shop share.
 *
 * @throws Error that names the variable, where there is no Redis
 */
export async function openRedisBroker(url: string): Promise<RedisBroker> {
  const broker = createRedisBroker({
    url,
    onError: (error, source) => console.error(`Redis (${source}):`, error),
  });
  try {
    await broker.ready();
    return broker;
  } catch (cause) {
    await broker.close();
    throw new Error(`There is no Redis at REDIS_URL=${url}.`, { cause });
  }
}
