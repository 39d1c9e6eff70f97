import { setImmediate } from 'node:timers/promises';
import { createMemoryBroker } from '@roomcast/realtime-broker';
import { jwtAuthenticator, WebSocketManager } from '@roomcast/realtime-server';
import { benchContract, purchase } from './benchContract.ts';
import { createMeter } from './meter.ts';
import type { ListenOptions, PeerServer } from './peerServer.ts';

/** Long enough for nothing to end amid a run. */
const maxAgeMs = 30 * 60_000;
const maxBytes = 2 ** 30;

/** Our server as its README shows it. */
export function createPart(): PeerServer {
  const meter = createMeter();
  let manager: ReturnType<typeof createManager> | undefined;

  const open = () => {
    if (!manager) throw new Error('Call `listen` first.');
    return manager;
  };
  return {
    async listen(options) {
      manager = createManager(options);
      return (await manager.listen(0, '127.0.0.1')).port;
    },
    async publish({ eventIds, count }) {
      for (let index = 0; index < count; index += 1) {
        const eventId = eventIds[index % eventIds.length] ?? '';
        await open().broadcastToEvent(eventId, 'ticket-purchased', purchase(index));
        // What has to be written gets its turns.
        if (index % 100 === 99) await setImmediate();
      }
    },
    connections: () => open().getConnectionCount(),
    startMeter: meter.start,
    stopMeter: meter.stop,
    close: async () => manager?.close(),
  };
}

function createManager({ secret, keep }: ListenOptions) {
  return new WebSocketManager({
    contract: benchContract,
    broker: createMemoryBroker({
      history: { maxPublications: Math.max(1, keep), maxAgeMs, maxBytes },
      maxTotalBytes: maxBytes,
    }),
    authenticate: jwtAuthenticator({ secret }),
    authorise: (_, rooms) => rooms.map(() => true),
    transports: ['websocket'],
    env: { NODE_ENV: 'production' },
  });
}
