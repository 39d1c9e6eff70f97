import { Publisher } from '../publishing/publisher.ts';
import { brokerPublish } from './brokerPublish.ts';
import type { PublisherPart } from './clusterNode.ts';
import { openRedisLog } from './openRedisLog.ts';

/** A worker without sockets: broadcaster and Redis. */
export function createPart(): PublisherPart {
  let publisher: Publisher;
  return {
    async start(options) {
      const log = openRedisLog(options);
      publisher = new Publisher(brokerPublish(log));
      await log.ready();
    },
    publish: (order) => publisher.run(order),
    endPublishing: () => publisher.end(),
    mark: (eventIds) => publisher.mark(eventIds),
  };
}
