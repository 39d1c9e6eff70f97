import { Publisher } from '../publishing/publisher.ts';
import { brokerPublish } from './brokerPublish.ts';
import type { PublisherPart } from './clusterNode.ts';
import { countRejections } from './countRejections.ts';
import { openRedisLog } from './openRedisLog.ts';

/** A worker without sockets: broadcaster and Redis. */
export function createPart(): PublisherPart {
  const rejections = countRejections();
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
    rejections,
  };
}
