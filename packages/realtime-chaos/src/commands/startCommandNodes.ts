import { setTimeout } from 'node:timers/promises';
import { type PartProcess, startProcess } from '@roomcast/realtime-processes';
import type { SeededRandom } from '../random/seededRandom.ts';
import type { ScenarioFailure } from '../scenario.ts';
import type { CommandNodeOptions, CommandNodePart } from './commandNode.ts';

const count = 3;
const downMs = 500;

export interface CommandNodesOptions
  extends Pick<CommandNodeOptions, 'redisUrl' | 'databasePath' | 'isTransactional'> {
  readonly random: SeededRandom;
  /** Hears which ports are served, whenever that changes. */
  onPorts(ports: readonly number[]): Promise<void>;
}

/** Nodes that do actions, each in a process of its own. */
export interface CommandNodes extends AsyncDisposable {
  readonly count: number;
  /** Ends a node at once, and starts another one in its place. */
  killAndRestart(node: number): Promise<void>;
  /** Processes that have ended and should not have. */
  readonly ends: readonly ScenarioFailure[];
}

export async function startCommandNodes(options: CommandNodesOptions): Promise<CommandNodes> {
  const { redisUrl, databasePath, isTransactional, random, onPorts } = options;
  const nodes: PartProcess<CommandNodePart>[] = [];
  const ports: number[] = [];
  const expected = new Set<unknown>();
  const ends: ScenarioFailure[] = [];

  async function start(index: number): Promise<void> {
    const node = await startProcess<CommandNodePart>(new URL('commandNode.ts', import.meta.url));
    nodes[index] = node;
    void node.ended.then(({ code, signal }) => {
      if (!expected.has(node)) ends.push({ message: `node ${index} ended with ${signal ?? code}` });
    });
    const seed = random.integer(0, 2 ** 31 - 1);
    const common = { redisUrl, databasePath, isTransactional, seed };
    ports[index] = await node.calls.open({ ...common, port: ports[index] ?? 0 });
  }

  async function stop(): Promise<void> {
    for (const node of nodes) expected.add(node);
    await Promise.all(nodes.map((node) => node.stop()));
  }
  try {
    for (let index = 0; index < count; index += 1) await start(index);
    await onPorts(ports);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...{ count, ends },
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
