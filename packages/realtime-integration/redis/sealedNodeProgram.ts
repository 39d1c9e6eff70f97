// A node that has no key: says where it listens, and writes down all that it logs and counts.
import type { Logger } from '@roomcast/realtime-contract';
import { createRedisBroker } from '@roomcast/realtime-redis';
import { WebSocketManager } from '@roomcast/realtime-server';
import { sealedContract } from './sealedContract.ts';

const [, , url = ''] = process.argv;

const say = (...words: readonly unknown[]) => process.stdout.write(`${JSON.stringify(words)}\n`);
const logger: Logger = { debug: say, info: say, warn: say, error: say };
const manager = new WebSocketManager({
  ...{ contract: sealedContract, broker: createRedisBroker({ url }), env: {} },
  authenticate: async (token) => ({ id: token }),
  ...{ logger, metrics: { count: say } },
});
const { port } = await manager.listen(0, '127.0.0.1');
say(`http://127.0.0.1:${port}`);
