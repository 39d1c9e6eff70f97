import type { Benchmark } from '../benchmark.ts';
import type { MeasuredNodes } from './costs.ts';
import { type NodesBench, startNodesBench } from './nodesBench.ts';
import { type NodesWork, runNodesRound } from './nodesRound.ts';
import { type ReadRound, runReadRound } from './readRound.ts';
import { summariseNodes } from './summariseNodes.ts';

/** How many nodes there are in each kind of round. */
const nodeCounts = [1, 2, 3];

interface Works {
  readonly rounds: number;
  readonly warmUpRounds: number;
  /** Many subscribers: what a delivery costs, and how long it takes. */
  readonly wide: NodesWork;
  /** Few subscribers, many publications: what a publication costs Redis and each node. */
  readonly quick: NodesWork;
  /** How often the log is read. */
  readonly reads: number;
}

const fullWorks: Works = {
  ...{ rounds: 5, warmUpRounds: 1 },
  wide: { subscribers: 250, publications: 250, warmUp: 30, perSecond: 100, maxPerTurn: 1 },
  quick: { subscribers: 5, publications: 2_000, warmUp: 200, perSecond: 1_000, maxPerTurn: 1 },
  reads: 1_000,
};
const smokeWorks: Works = {
  ...{ rounds: 1, warmUpRounds: 0 },
  wide: { subscribers: 5, publications: 10, warmUp: 2, perSecond: 400, maxPerTurn: 1 },
  quick: { subscribers: 1, publications: 40, warmUp: 10, perSecond: 400, maxPerTurn: 1 },
  reads: 10,
};

/** One log in Redis, and more and more nodes on it. */
export const nodesBenchmark: Benchmark = {
  name: 'nodes',
  summary:
    '1, 2 and 3 servers on one Redis, with 250 subscribers each, and a publisher without sockets; what does not grow is better',

  async run(context) {
    const { rounds, warmUpRounds, ...works } = context.isSmoke ? smokeWorks : fullWorks;
    const bench = await startNodesBench(context, Math.max(...nodeCounts));
    const measured: MeasuredNodes[] = nodeCounts.map((nodes) => ({ nodes, wide: [], quick: [] }));
    const reads: ReadRound[] = [];
    for (let index = 1 - warmUpRounds; index <= rounds; index += 1) {
      const name = index > 0 ? `round ${index} of ${rounds}` : 'warming up';
      for (const of of index % 2 === 0 ? measured : measured.toReversed()) {
        context.progress(`${name}: ${of.nodes} of ${nodeCounts.length} nodes`);
        const round = await runBoth(bench, of.nodes, works, `${index + warmUpRounds}`);
        if (index > 0) of.wide.push(round.wide);
        if (index > 0) of.quick.push(round.quick);
      }
      const read = await runReadRound(bench, quickRoom(1, `${index + warmUpRounds}`), works.reads);
      if (index > 0) reads.push(read);
    }
    return summariseNodes(measured, reads, works.quick.subscribers);
  },
};

/** Every round has rooms of its own, whose ids are as long as those of the ready contract. */
async function runBoth(
  bench: NodesBench,
  nodes: number,
  { wide, quick }: Pick<Works, 'wide' | 'quick'>,
  round: string,
) {
  return {
    wide: await runNodesRound(bench, nodes, wide, `1${nodes}${round}`),
    quick: await runNodesRound(bench, nodes, quick, quickRoom(nodes, round)),
  };
}

function quickRoom(nodes: number, round: string): string {
  return `2${nodes}${round}`;
}
