import { createRedisBroker, type RedisBroker } from '@roomcast/realtime-redis';
import type { StartOptions } from './clusterNode.ts';

/** Longer than a run takes: what is kept is a matter of the count alone. */
const maxAgeMs = 30 * 60_000;

/** What a publication takes at the most, in bytes. */
const payloadBytes = 100;

/** The log of the cluster, which keeps so many publications of each room. */
export function openRedisLog({ redisUrl, kept }: StartOptions): RedisBroker {
  return createRedisBroker({
    url: redisUrl,
    history: { maxPublications: kept, maxBytes: kept * payloadBytes, maxAgeMs },
  });
}
