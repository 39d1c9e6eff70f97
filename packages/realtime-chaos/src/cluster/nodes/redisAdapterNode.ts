import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import type { NodePart } from './clusterNode.ts';
import { createStockNode } from './stockNode.ts';

/** Socket.IO with its adapter over publish/subscribe of Redis. */
export const createPart = (): NodePart =>
  createStockNode(async ({ redisUrl }) => {
    const publishing = createClient({ url: redisUrl });
    const subscribing = publishing.duplicate();
    // It reconnects by itself; an error without a listener would end the process.
    for (const client of [publishing, subscribing]) client.on('error', () => {});
    await Promise.all([publishing.connect(), subscribing.connect()]);
    return createAdapter(publishing, subscribing);
  });
