import type { Published } from './publishing/published.ts';
import type { Cluster } from './startCluster.ts';

/** Publishes to all rooms in turn, from a process without sockets, until it is told to stop. */
export function startPublishing(
  { publisher, eventIds }: Cluster,
  perSecond: number,
): {
  /** @returns what became of each */
  stop(): Promise<readonly Published[]>;
} {
  const publishing = publisher.calls.publish({
    ...{ eventIds, perSecond, count: Number.POSITIVE_INFINITY, firstId: 1, retries: true },
  });
  publishing.catch(() => {});
  return {
    async stop() {
      await publisher.calls.endPublishing();
      return publishing;
    },
  };
}
