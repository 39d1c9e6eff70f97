// A node whose rooms have presence: says where it listens.
import { createRedisPresenceStore } from '@roomcast/realtime-redis';
import { WebSocketManager } from '@roomcast/realtime-server';
import { lookersContract } from '../presence/lookersContract.ts';

const [, , url = '', options = '{}'] = process.argv;

const presenceStore = createRedisPresenceStore({ url, ...JSON.parse(options) });
await presenceStore.ready();
const manager = new WebSocketManager({
  contract: lookersContract,
  presenceStore,
  env: {},
  authenticate: async (token) => ({ id: token }),
});
const { port } = await manager.listen(0, '127.0.0.1');
process.stdout.write(`${port}\n`);
