// A node of a cluster in a process of its own: says where it listens and what the others call it.
import { createRedisBroker } from '@roomcast/realtime-redis';
import { WebSocketManager } from '@roomcast/realtime-server';
import { clubContract } from '../server/clubContract.ts';

const [, , url = '', leaseMs = ''] = process.argv;

const manager = new WebSocketManager({
  ...{ contract: clubContract, broker: createRedisBroker({ url }), env: {} },
  authenticate: async (token) => ({ id: token }),
  cluster: {
    openLog: (bounds) => createRedisBroker({ url, ...bounds }),
    ...{ heartbeatIntervalMs: 100, leaseMs: Number(leaseMs) },
  },
});
const { port } = await manager.listen(0, '127.0.0.1');
process.stdout.write(`http://127.0.0.1:${port} ${manager.cluster.nodeId}\n`);
