import type { ClusterState } from '../../shared/controlContract.ts';
import type { NodeAnswer } from '../nodes/nodePart.ts';
import type { RunningNode } from '../nodes/startNode.ts';
import type { Supervised } from '../processes/supervise.ts';

/** A node by the name that it has in every life. */
export interface NamedNode {
  readonly name: string;
  readonly supervised: Supervised<RunningNode>;
}

const timeoutMs = 400;

/** Asks one node what all of them have, the first that can say; the others are asked by it. */
export async function askNodes(nodes: readonly NamedNode[]): Promise<ClusterState['nodes']> {
  const answers = await firstAnswer(nodes);
  return nodes.map(({ name, supervised }) => {
    // One that was killed just now is known for some seconds still, and silent.
    const answer = answers.find((one) => one.name === name && one.connections !== null);
    const { connections = null, rooms = null } = (supervised.life && answer) || {};
    return { name, status: supervised.life ? 'up' : 'down', connections, rooms };
  });
}

async function firstAnswer(nodes: readonly NamedNode[]): Promise<readonly NodeAnswer[]> {
  for (const { supervised } of nodes) {
    // It may be killed while it answers.
    const answers = await supervised.life?.calls.askAll(timeoutMs).catch(() => null);
    if (answers) return answers;
  }
  return [];
}
