// A node whose action never ends: says where it listens, and each time that its handler is called.
import { createRedisCallLedger } from '@roomcast/realtime-redis';
import { WebSocketManager } from '@roomcast/realtime-server';
import { clubContract } from '../server/clubContract.ts';

const [, , url = '', leaseMs = ''] = process.argv;

const callLedger = createRedisCallLedger({ url, leaseMs: Number(leaseMs) });
await callLedger.ready();
const manager = new WebSocketManager({
  contract: clubContract,
  callLedger,
  env: {},
  authenticate: async (token) => ({ id: token }),
  actions: {
    say(_input, { retry }) {
      process.stdout.write(`begun ${retry}\n`);
      return new Promise(() => {});
    },
  },
});
const { port } = await manager.listen(0, '127.0.0.1');
process.stdout.write(`http://127.0.0.1:${port}\n`);
