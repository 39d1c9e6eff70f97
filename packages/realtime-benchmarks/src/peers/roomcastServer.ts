import { type Broker, createMemoryBroker } from '@roomcast/realtime-broker';
import { createRedisBroker } from '@roomcast/realtime-redis';
import { jwtAuthenticator, WebSocketManager } from '@roomcast/realtime-server';
import { contracts } from './contracts.ts';
import type { ListenOptions, PeerServer } from './peerServer.ts';
import { createPublisherCalls } from './publisherCalls.ts';

/** Long enough for nothing to end amid a run. */
const maxAgeMs = 30 * 60_000;
const maxBytes = 2 ** 30;

/** Everybody is counted, as in production, and nobody is ever one too many. */
const noRealLimits = {
  ...{ maxConnectionsPerAddress: 1e6, maxConnectionsPerUser: 1e6, handshakesPerSecond: 1e6 },
  ...{ messagesPerSecond: 1e6, bytesPerSecond: 1e9 },
  ...{ messagesPerSecondOfUser: 1e6, bytesPerSecondOfUser: 1e9 },
};

/** Our server as its README shows it. */
export function createPart(): PeerServer {
  let manager: ReturnType<typeof createManager> | undefined;
  let broker: Broker | null = null;

  const open = () => {
    if (!manager) throw new Error('Call `listen` first.');
    return manager;
  };
  return {
    ...createPublisherCalls((eventId, event, payload) =>
      open().publish({ room: `event-${eventId}`, event, payload, delivery: 'reliable' }),
    ),
    async listen(options) {
      broker = await openBroker(options);
      manager = createManager(options, broker);
      return (await manager.listen(0, '127.0.0.1')).port;
    },
    connections: () => open().getConnectionCount(),
    async close() {
      await manager?.close();
      await broker?.close();
    },
  };
}

function createManager(
  { secret, batchWindowMs, contract = 'bench' }: ListenOptions,
  broker: Broker | null,
) {
  return new WebSocketManager({
    contract: contracts[contract],
    ...(broker && { broker }),
    ...(batchWindowMs !== undefined && { batchWindowMs }),
    authenticate: jwtAuthenticator({ secret }),
    authorise: (_, rooms) => rooms.map(() => true),
    transports: ['websocket'],
    limits: noRealLimits,
    // The ready contract has an event that nobody has to publish.
    ...(contract === 'ready' && { heartbeatIntervalMs: maxAgeMs }),
    env: { NODE_ENV: 'production' },
  });
}

/** Null where the server is to make its own. */
async function openBroker({ keep, redisUrl }: ListenOptions): Promise<Broker | null> {
  if (redisUrl !== undefined) {
    const broker = createRedisBroker({ url: redisUrl });
    await broker.ready();
    return broker;
  }
  return keep === undefined ? null : createKeepingBroker(keep);
}

function createKeepingBroker(keep: number) {
  return createMemoryBroker({
    history: { maxPublications: Math.max(1, keep), maxAgeMs, maxBytes },
    maxTotalBytes: maxBytes,
  });
}
