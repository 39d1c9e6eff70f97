import { formatTable } from '../command/formatTable.ts';
import { type Audience, assumptions, audiences } from './assumptions.ts';
import { formatNumber, roughly } from './formatNumber.ts';
import { costSources, type MeasuredCosts } from './measuredCosts.ts';
import { type ClusterPlan, planCluster } from './planCluster.ts';
import { endlessConnections, firstLimits, hotRoomLimits, planNodeLoss } from './planLimits.ts';

/** Everything on the page that is a number. */
export function scalingBlocks(costs: MeasuredCosts): Readonly<Record<string, string>> {
  return {
    measured: measuredBlock(costs),
    assumed: assumedBlock(),
    plans: plansBlock(costs),
    arithmetic: arithmeticBlock(costs),
    'first-limits': firstLimitsBlock(costs),
    'hot-room': hotRoomBlock(costs),
    'node-loss': nodeLossBlock(costs),
  };
}

function measuredBlock(costs: MeasuredCosts): string {
  const rows = Object.entries(costSources).map(([name, { bench, figure, meaning, unit }]) => [
    `\`${name}\``,
    meaning,
    `${formatNumber(costs[name as keyof MeasuredCosts])} ${unit}`,
    `[${bench}.json](benchmarks/${bench}.json) \`${figure}\``,
  ]);
  return formatTable([['name', 'what it is', 'measured', 'where'], ...rows]);
}

function assumedBlock(): string {
  const { connections, roomsPerConnection, deliveriesPerConnectionPerSecond } = assumptions;
  const { nodeMemoryMiB, busyShare } = assumptions;
  return formatTable([
    ['assumed', ''],
    ['connections', formatNumber(connections)],
    ['rooms of each', String(roomsPerConnection)],
    ['deliveries to each a second', String(deliveriesPerConnectionPerSecond)],
    ['memory of one node for connections', `${formatNumber(nodeMemoryMiB)} MiB`],
    ['how busy a core may be', `${busyShare * 100}%`],
  ]);
}

function plansBlock(costs: MeasuredCosts): string {
  const plans = audiences.map((audience) => planCluster(costs, audience));
  const row = (label: string, value: (plan: ClusterPlan) => string) => [label, ...plans.map(value)];
  return formatTable([
    ['', ...audiences.map(({ name }) => name)],
    row('publications a second', (plan) => formatNumber(plan.publicationsPerSecond)),
    row('deliveries a second', (plan) => formatNumber(plan.deliveriesPerSecond)),
    row('nodes by memory', (plan) => formatNumber(plan.nodesByMemory)),
    row('nodes by CPU', (plan) => formatNumber(plan.nodesByCpu)),
    row('**nodes**, of one core', (plan) => `**${formatNumber(plan.nodes)}**`),
    row('nodes that hear of a publication', (plan) => formatNumber(plan.newsPerPublication)),
    row('cores that Redis keeps busy', (plan) => formatNumber(plan.redisCores)),
    row('**Redis masters**', (plan) => `**${formatNumber(plan.redisMasters)}**`),
    row('Mbit/s out of a master', (plan) => formatNumber(plan.masterMbitPerSecond)),
    row('Mbit/s from Redis into a node', (plan) => formatNumber(plan.nodeInMbitPerSecond)),
    row('Mbit/s from a node to clients', (plan) => formatNumber(plan.nodeOutMbitPerSecond)),
    row('GiB of all rooms, histories full', (plan) => formatNumber(plan.redisGiB)),
  ]);
}

/** The second audience, step by step. */
function arithmeticBlock(costs: MeasuredCosts): string {
  const audience = audiences[1] as Audience;
  const plan = planCluster(costs, audience);
  const { connections, nodeMemoryMiB, busyShare } = assumptions;
  const f = formatNumber;
  const members = audience.membersPerRoom;
  const { nodes, publicationsPerSecond: published, deliveriesPerSecond: delivered } = plan;
  const newsUs = published * plan.newsPerPublication * costs.newsUs;
  const lines = [
    ['nodes by memory', `${f(connections)} × ${costs.connectionKiB} KiB / ${f(nodeMemoryMiB)} MiB`],
    ['', `= ${f(plan.nodesByMemory)}, rounded up`],
    ['publications', `${f(delivered)} deliveries/s / ${members} members = ${f(published)}/s`],
    ['nodes that hear', `${f(nodes)} × (1 − (1 − 1/${f(nodes)})^${members})`],
    ['', `= ${f(plan.newsPerPublication)}`],
    ['CPU of deliveries', `${f(delivered)}/s × ${costs.deliveryUs} µs`],
    ['', `= ${f((delivered * costs.deliveryUs) / 1e6)} cores`],
    ['CPU of news', `${f(published)}/s × ${f(plan.newsPerPublication)} × ${costs.newsUs} µs`],
    ['', `= ${f(newsUs / 1e6)} cores`],
    [
      'nodes by CPU',
      `(${f((delivered * costs.deliveryUs) / 1e6)} + ${f(newsUs / 1e6)}) / ${busyShare}`,
    ],
    ['', `≤ ${f(plan.nodesByCpu)}; more nodes hear more news, so the least that suffices`],
    [
      'CPU of Redis',
      `${f(published)}/s × (${costs.appendUs} µs + ${f(plan.newsPerPublication)} × ${costs.redisNewsUs} µs)`,
    ],
    ['', `= ${f(plan.redisCores)} cores`],
    ['Redis masters', `${f(plan.redisCores)} / ${busyShare} = ${f(plan.redisMasters)}, rounded up`],
  ];
  const width = Math.max(...lines.map(([label = '']) => label.length));
  return [
    `For ${audience.name}:`,
    '',
    '```text',
    ...lines.map(([label = '', text]) => `${label.padEnd(width)}  ${text}`),
    '```',
  ].join('\n');
}

function firstLimitsBlock(costs: MeasuredCosts): string {
  const count = (connections: number) =>
    connections >= endlessConnections
      ? `over ${formatNumber(endlessConnections)}`
      : roughly(connections);
  const rows = audiences.map((audience) => {
    const { nodeCpu, nodeMemory, redisCpu } = firstLimits(costs, audience);
    return [audience.name, ...[nodeCpu, nodeMemory, redisCpu].map(count)];
  });
  return formatTable([['', 'CPU of one node', 'memory of one node', 'CPU of one Redis'], ...rows]);
}

function hotRoomBlock(costs: MeasuredCosts): string {
  const rows = [10, 30, 100, 300].map((nodes) => {
    const { byRedis, byNodes, writingSeconds } = hotRoomLimits(costs, nodes);
    return [String(nodes), ...[byRedis, byNodes, writingSeconds].map(roughly)];
  });
  return formatTable([
    [
      'nodes',
      'publications/s by Redis',
      'publications/s by nodes',
      's until the last member has one',
    ],
    ...rows,
  ]);
}

function nodeLossBlock(costs: MeasuredCosts): string {
  const rows = audiences.map((audience) => {
    const plan = planCluster(costs, audience);
    const loss = planNodeLoss(costs, audience, plan);
    return [
      ...[audience.name, formatNumber(plan.nodes), roughly(loss.connections)],
      ...[loss.nodeSeconds, loss.sharedReadsSeconds, loss.lonelyReadsSeconds].map(roughly),
    ];
  });
  return formatTable([
    [
      ...['', 'nodes', 'connections that come back', 's of the other nodes'],
      ...['s of Redis, reads shared', 's of Redis, no read shared'],
    ],
    ...rows,
  ]);
}
