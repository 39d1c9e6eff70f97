import { createRedisBroker, type RedisBroker } from '@roomcast/realtime-redis';
import { drainOnSignals, WebSocketManager } from '@roomcast/realtime-server';
import { clusterContract } from '../clusterContract.ts';
import { Publisher } from '../publishing/publisher.ts';
import { brokerPublish } from './brokerPublish.ts';
import type { NodePart } from './clusterNode.ts';
import { countRejections } from './countRejections.ts';
import { openRedisLog } from './openRedisLog.ts';
import { SessionSpans } from './sessionSpans.ts';

/** A server as a user would write it, with its log in Redis, which is one of a cluster. */
export function createPart(): NodePart {
  const spans = new SessionSpans();
  let log: RedisBroker;
  let manager: WebSocketManager<typeof clusterContract>;
  const rejections = countRejections();
  let publisher: Publisher;
  return {
    async start(options) {
      log = openRedisLog(options);
      await log.ready();
      manager = new WebSocketManager({
        limits: { unlimitedAddresses: ['loopback'] },
        ...{ contract: clusterContract, broker: log, transports: ['websocket'] },
        ...(options.heartbeat && {
          heartbeatIntervalMs: options.heartbeat.intervalMs,
          heartbeatTimeoutMs: options.heartbeat.timeoutMs,
        }),
        cluster: {
          openLog: (bounds) => createRedisBroker({ url: options.redisUrl, ...bounds }),
        },
        authenticate: async (token) => ({ id: token }),
      });
      manager.sessions.watch({
        onBegin: ({ id, user }) => spans.opened(user?.id ?? '', id),
        onEnd: ({ id }) => spans.closed(id),
      });
      drainOnSignals(manager, { signals: ['SIGTERM'], onDrained: () => log.close() });
      publisher = new Publisher(brokerPublish(manager));
    },
    listen: async (port) => (await manager.listen(port, '127.0.0.1')).port,
    whenConnected: () => log.ready(),
    publish: (order) => publisher.run(order),
    endPublishing: () => publisher.end(),
    mark: (eventIds) => publisher.mark(eventIds),
    rejections,
    sessions: () => spans.all(),
  };
}
