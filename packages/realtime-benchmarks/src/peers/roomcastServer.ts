import { createMemoryBroker } from '@roomcast/realtime-broker';
import { jwtAuthenticator, WebSocketManager } from '@roomcast/realtime-server';
import { contracts } from './contracts.ts';
import type { ListenOptions, PeerServer } from './peerServer.ts';
import { createPublisherCalls } from './publisherCalls.ts';

/** Long enough for nothing to end amid a run. */
const maxAgeMs = 30 * 60_000;
const maxBytes = 2 ** 30;

/** Our server as its README shows it. */
export function createPart(): PeerServer {
  let manager: ReturnType<typeof createManager> | undefined;

  const open = () => {
    if (!manager) throw new Error('Call `listen` first.');
    return manager;
  };
  return {
    ...createPublisherCalls((eventId, event, payload) =>
      open().publish({ room: `event-${eventId}`, event, payload, delivery: 'reliable' }),
    ),
    async listen(options) {
      manager = createManager(options);
      return (await manager.listen(0, '127.0.0.1')).port;
    },
    connections: () => open().getConnectionCount(),
    close: async () => manager?.close(),
  };
}

function createManager({ secret, keep, batchWindowMs, contract = 'bench' }: ListenOptions) {
  return new WebSocketManager({
    contract: contracts[contract],
    ...(keep !== undefined && { broker: createKeepingBroker(keep) }),
    ...(batchWindowMs !== undefined && { batchWindowMs }),
    authenticate: jwtAuthenticator({ secret }),
    authorise: (_, rooms) => rooms.map(() => true),
    transports: ['websocket'],
    // The ready contract has an event that nobody has to publish.
    ...(contract === 'ready' && { heartbeatIntervalMs: maxAgeMs }),
    env: { NODE_ENV: 'production' },
  });
}

function createKeepingBroker(keep: number) {
  return createMemoryBroker({
    history: { maxPublications: Math.max(1, keep), maxAgeMs, maxBytes },
    maxTotalBytes: maxBytes,
  });
}
