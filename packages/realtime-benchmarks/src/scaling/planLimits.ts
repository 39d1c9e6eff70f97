import { type Audience, assumptions } from './assumptions.ts';
import type { MeasuredCosts } from './measuredCosts.ts';
import { nodesWithMembers } from './nodesWithMembers.ts';
import { type ClusterPlan, least, planCluster } from './planCluster.ts';

/** With how many connections something is full for the first time. */
export interface FirstLimits {
  readonly nodeCpu: number;
  readonly nodeMemory: number;
  readonly redisCpu: number;
}

/** More connections than that are nobody's concern. */
export const endlessConnections = 1_000_000_000;

/** One node and one Redis, and more and more connections. */
export function firstLimits(costs: MeasuredCosts, audience: Audience): FirstLimits {
  const beyond = (isFull: (plan: ClusterPlan) => boolean) =>
    least((count) => count >= endlessConnections || isFull(planCluster(costs, audience, count)));
  return {
    nodeCpu: beyond(({ nodesByCpu }) => nodesByCpu > 1),
    nodeMemory: beyond(({ nodesByMemory }) => nodesByMemory > 1),
    redisCpu: beyond(({ redisMasters }) => redisMasters > 1),
  };
}

/** How often one room may be published to, which no sharding helps. */
export interface HotRoomLimits {
  readonly byRedis: number;
  readonly byNodes: number;
  /** How long a node writes until the last of its members has one publication. */
  readonly writingSeconds: number;
}

/** A room of which every node has its share of all connections as members. */
export function hotRoomLimits(costs: MeasuredCosts, nodes: number): HotRoomLimits {
  const availableUs = assumptions.busyShare * 1_000_000;
  const membersPerNode = assumptions.connections / nodes;
  const writingUs = costs.newsUs + membersPerNode * costs.deliveryUs;
  return {
    byRedis: availableUs / (costs.appendUs + nodes * costs.redisNewsUs),
    byNodes: availableUs / writingUs,
    writingSeconds: writingUs / 1_000_000,
  };
}

/** What happens when one of the nodes is gone and its connections come back to the others. */
export interface NodeLoss {
  readonly connections: number;
  /** Until the others have let all in, with what of their cores is free. */
  readonly nodeSeconds: number;
  /** Until Redis has answered where members of a room on one node share a read. */
  readonly sharedReadsSeconds: number;
  /** The same where each of them is read for alone. */
  readonly lonelyReadsSeconds: number;
}

export function planNodeLoss(
  costs: MeasuredCosts,
  audience: Audience,
  { nodes, redisMasters }: Pick<ClusterPlan, 'nodes' | 'redisMasters'>,
): NodeLoss {
  const { connections: all, roomsPerConnection, busyShare } = assumptions;
  const connections = all / nodes;
  const free = 1 - busyShare;
  const members = Math.min(all, audience.membersPerRoom);
  const rooms = (all * roomsPerConnection) / members;
  const toSeconds = (reads: number) => (reads * costs.readUs) / 1_000_000 / redisMasters / free;
  return {
    connections,
    nodeSeconds: (connections * costs.connectMs) / 1_000 / (nodes - 1) / free,
    sharedReadsSeconds: toSeconds(rooms * nodesWithMembers(nodes - 1, members / nodes)),
    lonelyReadsSeconds: toSeconds(connections * roomsPerConnection),
  };
}
