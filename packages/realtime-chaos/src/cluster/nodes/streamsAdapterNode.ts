import { createAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';
import type { NodePart } from './clusterNode.ts';
import { createStockNode } from './stockNode.ts';

/** Socket.IO with its adapter over a stream of Redis, which can recover on another node. */
export const createPart = (): NodePart =>
  createStockNode(async ({ redisUrl, kept, rooms }) => {
    const client = createClient({ url: redisUrl });
    client.on('error', () => {});
    await client.connect();
    // One stream has all rooms in it.
    return createAdapter(client, { maxLen: kept * rooms });
  });
