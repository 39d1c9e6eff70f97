// A node as a user would write it, which drains when it gets SIGTERM: says where it listens, and what
// became of the drain.
import { setTimeout } from 'node:timers/promises';
import { createPublication } from '@roomcast/realtime-contract';
import { createRedisBroker, createRedisCallLedger } from '@roomcast/realtime-redis';
import { drainOnSignals, WebSocketManager } from '@roomcast/realtime-server';
import { clubContract } from '../server/clubContract.ts';

const [, , url = '', actionMs = '', windowMs = ''] = process.argv;

const broker = createRedisBroker({ url });
const callLedger = createRedisCallLedger({ url });
await Promise.all([broker.ready(), callLedger.ready()]);
const manager = new WebSocketManager({
  ...{ contract: clubContract, broker, callLedger, env: {} },
  authenticate: async (token) => ({ id: token }),
  actions: {
    async say(input, { publisher }) {
      await setTimeout(Number(actionMs));
      // Without a key: what is done twice is heard twice.
      await publisher.publish(
        createPublication(clubContract, ['event', { eventId: '1' }], 'said', input),
      );
      return { length: input.text.length };
    },
  },
});
drainOnSignals(manager, {
  windowMs: Number(windowMs),
  async onDrained({ drained, cut }) {
    await Promise.all([broker.close(), callLedger.close()]);
    process.stdout.write(`drained ${drained}, cut ${cut}\n`);
  },
});
const { port } = await manager.listen(0, '127.0.0.1');
process.stdout.write(`${port}\n`);
