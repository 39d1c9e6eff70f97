import type { AskOptions, Cluster, ClusterNode } from './cluster.ts';

/** How many sessions are past the handshake. */
export interface ClusterConnectionCount {
  /** On all nodes that answered. */
  readonly total: number;
  /** By the id of the node. */
  readonly byNode: ReadonlyMap<string, number>;
  /** The nodes that did not answer in time: where there are any, `total` is a part only. */
  readonly silent: readonly ClusterNode[];
}

/** Which rooms have members. */
export interface ClusterActiveRooms {
  /** The names on all nodes that answered, each once. */
  readonly rooms: readonly string[];
  /** By the id of the node. */
  readonly byNode: ReadonlyMap<string, readonly string[]>;
  /** The nodes that did not answer in time: where there are any, `rooms` is a part only. */
  readonly silent: readonly ClusterNode[];
}

/** What `manager.cluster` offers: answers of all nodes. Without the `cluster` option this is the only one. */
export interface ManagerCluster {
  /** Names this node in the answers; random, new with each manager. */
  readonly nodeId: string;
  /**
   * The nodes that gave a sign of life within `cluster.leaseMs`, this one first. One that is closed is
   * gone at once; while this node's own way to the control log is cut, nobody is taken for gone.
   */
  nodes(): readonly ClusterNode[];
  /** Asks all nodes. Resolves when all have answered or with the deadline, and never rejects. */
  connectionCount(options?: AskOptions): Promise<ClusterConnectionCount>;
  /** Asks all nodes. Resolves when all have answered or with the deadline, and never rejects. */
  activeRooms(options?: AskOptions): Promise<ClusterActiveRooms>;
}

export function createManagerCluster(cluster: Cluster): ManagerCluster {
  return {
    nodeId: cluster.nodeId,
    nodes: () => cluster.nodes(),
    async connectionCount(options) {
      const { byNode, silent } = await cluster.connectionCounts(options);
      const total = [...byNode.values()].reduce((sum, count) => sum + count, 0);
      return { total, byNode, silent };
    },
    async activeRooms(options) {
      const { byNode, silent } = await cluster.activeRooms(options);
      return { rooms: [...new Set([...byNode.values()].flat())], byNode, silent };
    },
  };
}
