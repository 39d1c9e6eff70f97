import { expect, it } from 'vitest';
import type { MeasuredNodes } from './costs.ts';
import type { NodesRound } from './nodesRound.ts';
import { summariseNodes } from './summariseNodes.ts';

interface Costs {
  readonly deliveryUs?: number;
  readonly newsUs?: number;
  readonly redisUs?: number;
  readonly commands?: number;
}

/** A round of 100 publications in which everything costs what it is told to. */
function round(nodes: number, subscribers: number, costs: Costs): NodesRound {
  const { deliveryUs = 10, newsUs = 50, redisUs = 100 + 10 * nodes, commands = 1 } = costs;
  return {
    ...{ publications: 100, deliveries: 100 * subscribers * nodes, publisherCpuMs: 20 },
    nodeCpuMs: (nodes * 100 * (newsUs + subscribers * deliveryUs)) / 1_000,
    redis: {
      ...{ cpuMs: redisUs / 10, clientCommands: 100 * commands, scriptCommands: 1_000 },
      outputBytes: 100 * (50 + 400 * nodes),
    },
    ...{ p50Ms: 1, p99Ms: 2 },
  };
}

function measured(nodes: number, ...rounds: readonly Costs[]): MeasuredNodes {
  return {
    nodes,
    wide: rounds.map((costs) => round(nodes, 100, costs)),
    quick: rounds.map((costs) => round(nodes, 5, costs)),
  };
}

const reads = [{ cpuUsPerRead: 80, publications: 10, roomBytes: 2_048 }];

function summarise(...three: readonly Costs[]) {
  return summariseNodes([measured(1, {}), measured(2, {}), measured(3, ...three)], reads, 5);
}

it('the costs of a delivery, of news and of a publication are told apart', () => {
  const { figures, table } = summarise({});
  expect(figures).toMatchObject({ nodeDeliveryCpuUs: 10, nodeNewsCpuUs: 50, oneNodeCpuUs: 10.5 });
  expect(figures).toMatchObject({ redisAppendCpuUs: 100, redisNewsCpuUs: 10, redisNewsBytes: 400 });
  expect(figures).toMatchObject({ redisReadCpuUs: 80, publicationsPerRead: 10, redisRoomKiB: 2 });
  expect(figures.threeNodesDeliveriesPerSecond).toBe(Math.round(3_000_000 / 10.5));
  expect(table.map(([label]) => label)).toEqual(['', '1 node', '2 nodes', '3 nodes']);
});

it('the middle round counts, and what does not grow is a pass', () => {
  const { ratios, passed } = summarise({ redisUs: 165 }, { redisUs: 900 }, { redisUs: 110 });
  expect(ratios).toEqual({
    'Redis commands, 3 nodes': 1,
    'Redis CPU, 3 nodes to 1': 1.5,
    'server CPU, 3 nodes to 1': 1,
  });
  expect(passed).toBe(true);
});

it.each<[string, Costs]>([
  ['a second command for every publication', { commands: 2 }],
  ['a Redis that does much more', { redisUs: 170 }],
  ['a delivery that costs more', { deliveryUs: 12 }],
])('%s with three nodes is a miss', (_, costs) => {
  expect(summarise(costs).passed).toBe(false);
});
