import type { BenchmarkResult } from '../benchmark.ts';
import { meetsTargets } from '../figures/meetsTargets.ts';
import { prefixed } from '../figures/prefixed.ts';
import { quotient } from '../figures/quotient.ts';
import { round } from '../figures/round.ts';
import { roundAll } from '../figures/roundAll.ts';
import { type MeasuredNodes, nodeCosts, readCosts, redisCosts } from './costs.ts';
import { middle } from './middle.ts';
import type { NodesRound } from './nodesRound.ts';
import type { ReadRound } from './readRound.ts';

/** What is told of a number of nodes, in the order of the table's columns. */
interface NodesFigures {
  /** Of the nodes together, for one publication to one subscriber. */
  readonly cpuUs: number;
  /** What all nodes could deliver, each with a core of its own to the full. */
  readonly deliveriesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** From clients, for one publication. */
  readonly commands: number;
  /** Run by the script, for one publication. */
  readonly scriptCommands: number;
  /** For one publication. */
  readonly redisCpuUs: number;
  readonly redisBytes: number;
  readonly publisherCpuUs: number;
}

const head = [
  ...['', 'server CPU µs/delivery', 'deliveries/s, a core each', 'p50 ms', 'p99 ms'],
  ...['Redis commands/publication', 'of its script', 'Redis CPU µs/publication'],
  ...['Redis bytes out/publication', 'publisher CPU µs/publication'],
];

const targets = {
  'Redis commands, 3 nodes': 1.1,
  'Redis CPU, 3 nodes to 1': 1.5,
  'server CPU, 3 nodes to 1': 1.15,
};

/** @param quickSubscribers - how many of them a node had in quick rounds */
export function summariseNodes(
  measured: readonly MeasuredNodes[],
  reads: readonly ReadRound[],
  quickSubscribers: number,
): BenchmarkResult {
  const all = measured.map((of) => ({ nodes: of.nodes, figures: toFigures(of) }));
  const of = (nodes: number) => all.find((found) => found.nodes === nodes)?.figures;
  const [one, three] = [of(1), of(3)];
  const ratios = {
    'Redis commands, 3 nodes': three?.commands ?? null,
    'Redis CPU, 3 nodes to 1': quotient(three?.redisCpuUs, one?.redisCpuUs),
    'server CPU, 3 nodes to 1': quotient(three?.cpuUs, one?.cpuUs),
  };
  return {
    table: [
      head,
      ...all.map(({ nodes, figures }) => [
        nodes === 1 ? '1 node' : `${nodes} nodes`,
        ...Object.values(figures).map(String),
      ]),
    ],
    figures: {
      rounds: reads.length,
      ...Object.assign({}, ...all.map(({ nodes, figures }) => prefixed(names(nodes), figures))),
      ...nodeCosts(measured, quickSubscribers),
      ...redisCosts(measured),
      ...readCosts(reads),
    },
    ratios: roundAll(ratios),
    targets,
    passed: meetsTargets(ratios, targets),
  };
}

function names(nodes: number): string {
  return ['', 'oneNode', 'twoNodes', 'threeNodes'][nodes] ?? `nodes${nodes}`;
}

function toFigures({ nodes, wide, quick }: MeasuredNodes): NodesFigures {
  const cpuUs = middle(wide, ({ nodeCpuMs, deliveries }) => (nodeCpuMs * 1_000) / deliveries);
  const each = (value: (of: NodesRound) => number) =>
    middle(quick, (of) => value(of) / of.publications);
  return {
    cpuUs,
    deliveriesPerSecond: round((nodes * 1_000_000) / cpuUs),
    p50Ms: middle(wide, ({ p50Ms }) => p50Ms),
    p99Ms: middle(wide, ({ p99Ms }) => p99Ms),
    commands: each(({ redis }) => redis.clientCommands),
    scriptCommands: each(({ redis }) => redis.scriptCommands),
    redisCpuUs: each(({ redis }) => redis.cpuMs * 1_000),
    redisBytes: each(({ redis }) => redis.outputBytes),
    publisherCpuUs: each(({ publisherCpuMs }) => publisherCpuMs * 1_000),
  };
}
