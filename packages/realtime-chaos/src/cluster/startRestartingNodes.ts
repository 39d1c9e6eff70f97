import { setTimeout } from 'node:timers/promises';
import {
  type Part,
  type PartProcess,
  type RemoteCalls,
  startProcess,
} from '@roomcast/realtime-processes';
import type { SeededRandom } from '../random/seededRandom.ts';
import type { ScenarioFailure } from '../scenario.ts';

const count = 3;
const downMs = 500;

export interface RestartingNodesOptions<P extends Part> {
  readonly module: URL;
  readonly random: SeededRandom;
  /**
   * Opens a node that was started.
   *
   * @param port - 0 for a free one
   * @param seed - for what the node leaves to chance
   * @returns the port
   */
  open(
    calls: RemoteCalls<P>,
    node: { readonly port: number; readonly seed: number },
  ): Promise<number>;
  /** Hears which ports are served, whenever that changes. */
  onPorts(ports: readonly number[]): Promise<void>;
}

/** Nodes that are killed and come back, each in a process of its own. */
export interface RestartingNodes<P extends Part> extends AsyncDisposable {
  readonly count: number;
  /** In their order; of one that is down, the last that it was. */
  calls(): readonly RemoteCalls<P>[];
  /** Ends a node at once, and starts another one in its place. */
  killAndRestart(node: number): Promise<void>;
  /** Processes that have ended and should not have. */
  readonly ends: readonly ScenarioFailure[];
}

export async function startRestartingNodes<P extends Part>({
  module,
  random,
  open,
  onPorts,
}: RestartingNodesOptions<P>): Promise<RestartingNodes<P>> {
  const nodes: PartProcess<P>[] = [];
  const ports: number[] = [];
  const expected = new Set<unknown>();
  const ends: ScenarioFailure[] = [];

  async function start(index: number): Promise<void> {
    const seed = random.integer(0, 2 ** 31 - 1);
    const node = await startProcess<P>(module);
    nodes[index] = node;
    void node.ended.then(({ code, signal }) => {
      if (!expected.has(node)) ends.push({ message: `node ${index} ended with ${signal ?? code}` });
    });
    ports[index] = await open(node.calls, { port: ports[index] ?? 0, seed });
  }

  async function stop(): Promise<void> {
    for (const node of nodes) expected.add(node);
    await Promise.all(nodes.map((node) => node.stop()));
  }
  try {
    await Promise.all(Array.from({ length: count }, (_, index) => start(index)));
    await onPorts(ports);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...{ count, ends },
    calls: () => nodes.map(({ calls }) => calls),
    async killAndRestart(index) {
      const node = nodes[index];
      expected.add(node);
      await node?.kill();
      await onPorts(ports.filter((_, other) => other !== index));
      await setTimeout(downMs);
      await start(index);
      await onPorts(ports);
    },
    [Symbol.asyncDispose]: stop,
  };
}
