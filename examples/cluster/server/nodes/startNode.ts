import { type PartProcess, startProcess } from '@roomcast/realtime-processes';
import { endInOrder } from '../processes/endInOrder.ts';
import type { Life } from '../processes/supervise.ts';
import type { NodeOptions, NodePart } from './nodePart.ts';

/** A node that runs. */
export interface RunningNode extends Life {
  readonly port: number;
  readonly calls: PartProcess<NodePart>['calls'];
}

export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const node = await startProcess<NodePart>(new URL('nodePart.ts', import.meta.url), {
    nodeArgs: ['--disable-warning=ExperimentalWarning'],
  });
  try {
    const port = await node.calls.start(options);
    const { calls, ended, kill } = node;
    return { port, calls, ended, kill, stop: () => endInOrder(node) };
  } catch (error) {
    await node.stop();
    throw error;
  }
}
