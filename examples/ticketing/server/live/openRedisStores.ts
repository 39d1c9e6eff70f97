import {
  createRedisPresenceStore,
  type RedisBroker,
  type RedisPresenceStore,
} from '@roomcast/realtime-redis';
import { createRedisReport } from './createRedisReport.ts';
import { type LogOptions, openRedisBroker } from './openRedisBroker.ts';

/** What all processes of the shop share in Redis. */
export interface RedisStores {
  readonly broker: RedisBroker;
  /** Who is looking at which event. */
  readonly presenceStore: RedisPresenceStore;
  close(): Promise<void>;
}

/** @throws Error that names the variable, where there is no Redis */
export async function openRedisStores(url: string, log?: LogOptions): Promise<RedisStores> {
  // Both lose the same Redis, and one line says so.
  const onError = createRedisReport();
  const broker = await openRedisBroker(url, log, onError);
  const presenceStore = createRedisPresenceStore({ url, onError });
  return {
    ...{ broker, presenceStore },
    async close() {
      await Promise.all([presenceStore.close(), broker.close()]);
    },
  };
}
