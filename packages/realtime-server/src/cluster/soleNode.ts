import type { Clock } from '@roomcast/realtime-contract';
import { createId } from '../createId.ts';
import type { Cluster } from './cluster.ts';
import type { LocalNode } from './localNode.ts';

/** A server that is alone: whatever is done is done here, and nobody else is asked. */
export function createSoleNode(
  local: Pick<LocalNode, 'connectionCount' | 'activeRooms'>,
  clock: Clock,
): Cluster {
  const id = createId();
  const startedAtMs = clock.now();
  const answers = <Value>(value: Value) => ({ byNode: new Map([[id, value]]), silent: [] });
  return {
    nodeId: id,
    nodes: () => [
      {
        ...{ id, name: id, startedAtMs, seenAtMs: clock.now(), isSelf: true },
        connections: local.connectionCount(),
      },
    ],
    connectionCounts: async () => answers(local.connectionCount()),
    activeRooms: async () => answers(local.activeRooms()),
    revocationsKnown: () => {},
    announce: async () => {},
    command: async () => {},
    supersede: () => {},
    close: async () => {},
  };
}
