import { createBroadcaster } from '@roomcast/realtime-broadcaster';
import type { Part } from '@roomcast/realtime-processes';
import { createRedisBroker } from '@roomcast/realtime-redis';
import { WebSocketManager } from '@roomcast/realtime-server';
import { preciseNow } from '../clock/preciseNow.ts';
import { holdContract } from './holdContract.ts';

/** A server process with many connections. */
export type HoldNodePart = Part & {
  /** @returns the port, on loopback */
  open(redisUrl: string): Promise<number>;
  /** Publishes to everybody, on all nodes; resolves when that is in the log. */
  announce(number: number): Promise<void>;
  /** How many sessions have ended. */
  ended(): number;
  /** How much memory the process has, in bytes. */
  memoryBytes(): number;
};

export function createPart(): HoldNodePart {
  let manager: WebSocketManager<typeof holdContract>;
  let ended = 0;
  return {
    async open(redisUrl) {
      manager = new WebSocketManager({
        limits: { unlimitedAddresses: ['loopback'] },
        ...{ contract: holdContract, transports: ['websocket'] },
        broker: createRedisBroker({ url: redisUrl }),
        authenticate: async (token) => ({ id: token }),
        authorise: (_, rooms) => rooms.map(() => true),
      });
      manager.sessions.watch({
        onEnd() {
          ended += 1;
        },
      });
      return (await manager.listen(0, '127.0.0.1')).port;
    },
    async announce(number) {
      const hall = createBroadcaster(holdContract, manager).to('hall', {});
      await hall.emit('announced', { number, sentAtMs: preciseNow() });
    },
    ended: () => ended,
    memoryBytes: () => process.memoryUsage.rss(),
  };
}
