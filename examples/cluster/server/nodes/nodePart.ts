import { startTicketing, type Ticketing } from '@roomcast/example-ticketing/server/startTicketing';
import type { TransportName } from '@roomcast/realtime-contract/config';
import type { Part } from '@roomcast/realtime-processes';
import { createRedisBroker, createRedisCallLedger } from '@roomcast/realtime-redis';
import { drainOnSignals } from '@roomcast/realtime-server';
import type { SharedStores } from '../stores/openStores.ts';

export interface NodeOptions extends SharedStores {
  readonly name: string;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly transports: readonly TransportName[];
}

/** What one node says of another, or of itself. */
export interface NodeAnswer {
  readonly name: string;
  /** Null where it did not answer. */
  readonly connections: number | null;
  readonly rooms: number | null;
}

/** A process that serves the shop, one of several. */
export type NodePart = Part & {
  /** @returns the port that it listens on */
  start(options: NodeOptions): Promise<number>;
  /** Asks all nodes, itself included. */
  askAll(timeoutMs: number): Promise<readonly NodeAnswer[]>;
};

/** Over which time clients are sent to the other nodes before this one ends in order. */
const drainWindowMs = 1_000;

export function createPart(): NodePart {
  // Ctrl+C reaches every process of the terminal; this one ends when its supervisor says so.
  process.on('SIGINT', () => {});
  let shop: Ticketing;
  return {
    async start({ name, host, port, transports, database, redisUrl, log }) {
      const callLedger = createRedisCallLedger({ url: redisUrl });
      shop = await startTicketing({
        ...{ host, port, database, redisUrl, log },
        node: {
          cluster: {
            nodeName: name,
            openLog: (bounds) =>
              createRedisBroker({ url: redisUrl, ...bounds, trustsPersistence: true }),
          },
          ...{ callLedger, transports, healthPaths: true },
        },
      });
      drainOnSignals(shop.live, {
        ...{ signals: ['SIGTERM'], windowMs: drainWindowMs },
        onDrained: () => shop.close().then(() => callLedger.close()),
      });
      return Number(new URL(shop.url).port);
    },
    async askAll(timeoutMs) {
      const { cluster } = shop.live;
      const [connections, rooms] = await Promise.all([
        cluster.connectionCount({ timeoutMs }),
        cluster.activeRooms({ timeoutMs }),
      ]);
      return cluster.nodes().map(({ id, name }) => ({
        name,
        connections: connections.byNode.get(id) ?? null,
        rooms: rooms.byNode.get(id)?.length ?? null,
      }));
    },
  };
}
