import { randomBytes } from 'node:crypto';
import type { RemoteCalls } from '@roomcast/realtime-processes';
import type { BenchmarkContext } from '../benchmark.ts';
import type { DeliveryLoad } from '../delivery/deliveryLoad.ts';
import { type OpenServer, openServer } from '../peers/openServer.ts';
import type { RedisPublisher } from './redisPublisher.ts';
import type { RedisServer } from './redisServer.ts';

/** One of our servers on the shared log, with the load of its subscribers. */
export interface BenchNode {
  readonly server: OpenServer;
  readonly load: RemoteCalls<DeliveryLoad>;
}

/** Processes that stay for the whole run. */
export interface NodesBench {
  /** What tokens are signed with. */
  readonly secret: string;
  readonly redis: RemoteCalls<RedisServer>;
  readonly publisher: RemoteCalls<RedisPublisher>;
  readonly nodes: readonly BenchNode[];
}

export async function startNodesBench(
  { startPart }: BenchmarkContext,
  nodeCount: number,
): Promise<NodesBench> {
  const { calls: redis } = await startPart<RedisServer>(new URL('redisServer.ts', import.meta.url));
  const redisUrl = await redis.start();
  const { calls: publisher } = await startPart<RedisPublisher>(
    new URL('redisPublisher.ts', import.meta.url),
  );
  await publisher.connect(redisUrl);
  const secret = randomBytes(32).toString('hex');
  const startNode = async (): Promise<BenchNode> => {
    const { calls: load } = await startPart<DeliveryLoad>(
      new URL('../delivery/deliveryLoad.ts', import.meta.url),
    );
    const server = await openServer(startPart, 'ours', { secret, redisUrl, batchWindowMs: 0 });
    return { server, load };
  };
  const nodes = await Promise.all(Array.from({ length: nodeCount }, startNode));
  return { secret, redis, publisher, nodes };
}
