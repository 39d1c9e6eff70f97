import { setTimeout } from 'node:timers/promises';
import type { Part } from '@roomcast/realtime-processes';
import { createRedisBroker, createRedisCallLedger } from '@roomcast/realtime-redis';
import { WebSocketManager } from '@roomcast/realtime-server';
import { seededRandom } from '../random/seededRandom.ts';
import { commandsContract } from './commandsContract.ts';
import { Effects } from './effects.ts';
import { loseAcknowledgements } from './loseAcknowledgements.ts';

/** A handler takes so long before its effect, and after it, at the most. */
const maxHandlerMs = 10;

export interface CommandNodeOptions {
  readonly redisUrl: string;
  readonly databasePath: string;
  /** Whether the handler writes effect and key in one transaction. */
  readonly isTransactional: boolean;
  readonly seed: number;
  /** 0 for a free one. */
  readonly port: number;
}

/** A node that does actions, and whose acknowledgements do not all arrive. */
export type CommandNodePart = Part & {
  /** @returns the port, on loopback */
  open(options: CommandNodeOptions): Promise<number>;
};

export function createPart(): CommandNodePart {
  return {
    async open({ redisUrl, databasePath, isTransactional, seed, port }) {
      const random = seededRandom(seed);
      const effects = new Effects(databasePath);
      loseAcknowledgements(random.fork());
      const manager = new WebSocketManager({
        limits: { unlimitedAddresses: ['loopback'] },
        ...{ contract: commandsContract, transports: ['websocket'] },
        broker: createRedisBroker({ url: redisUrl }),
        callLedger: createRedisCallLedger({ url: redisUrl }),
        authenticate: async (token) => ({ id: token }),
        actions: {
          async sell(_input, { idempotencyKey, retry }) {
            const key = idempotencyKey ?? '';
            effects.begin(key, retry);
            await setTimeout(random.integer(0, maxHandlerMs));
            const receipt = isTransactional ? effects.applyOnce(key) : effects.apply(key);
            await setTimeout(random.integer(0, maxHandlerMs));
            return { receipt };
          },
        },
      });
      return (await manager.listen(port, '127.0.0.1')).port;
    },
  };
}
