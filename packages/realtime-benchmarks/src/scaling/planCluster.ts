import { type Audience, assumptions } from './assumptions.ts';
import type { MeasuredCosts } from './measuredCosts.ts';
import { nodesWithMembers } from './nodesWithMembers.ts';

/** What it takes to hold connections, each of which gets its deliveries by rooms of one size. */
export interface ClusterPlan {
  readonly rooms: number;
  readonly publicationsPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly nodesByMemory: number;
  readonly nodesByCpu: number;
  readonly nodes: number;
  /** Nodes that hear of a publication. */
  readonly newsPerPublication: number;
  /** How many cores Redis keeps busy, before anything is left free. */
  readonly redisCores: number;
  readonly redisMasters: number;
  /** What one master writes. */
  readonly masterMbitPerSecond: number;
  /** What one node reads from Redis and writes to its members. */
  readonly nodeInMbitPerSecond: number;
  readonly nodeOutMbitPerSecond: number;
  /** All rooms with their histories full. */
  readonly redisGiB: number;
}

const usPerSecond = 1_000_000;

export function planCluster(
  costs: MeasuredCosts,
  audience: Audience,
  connections: number = assumptions.connections,
): ClusterPlan {
  const { deliveriesPerConnectionPerSecond, busyShare, nodeMemoryMiB } = assumptions;
  const members = Math.min(connections, audience.membersPerRoom);
  const rooms = connections / members;
  const deliveriesPerSecond = connections * deliveriesPerConnectionPerSecond;
  const publicationsPerSecond = deliveriesPerSecond / members;
  const nodesByMemory = Math.ceil((connections * costs.connectionKiB) / (nodeMemoryMiB * 1_024));

  const busyUs = (nodes: number) =>
    deliveriesPerSecond * costs.deliveryUs +
    publicationsPerSecond * nodesWithMembers(nodes, members) * costs.newsUs;
  const nodesByCpu = least((nodes) => busyUs(nodes) <= nodes * busyShare * usPerSecond);
  const nodes = Math.max(nodesByMemory, nodesByCpu);

  const newsPerPublication = nodesWithMembers(nodes, members);
  const newsPerSecond = publicationsPerSecond * newsPerPublication;
  const redisCores =
    (publicationsPerSecond * (costs.appendUs + newsPerPublication * costs.redisNewsUs)) /
    usPerSecond;
  const redisMasters = Math.max(1, Math.ceil(redisCores / busyShare));
  const newsMbit = toMbit(newsPerSecond * costs.newsBytes);
  return {
    ...{ rooms, publicationsPerSecond, deliveriesPerSecond, nodesByMemory, nodesByCpu, nodes },
    ...{ newsPerPublication, redisCores, redisMasters },
    masterMbitPerSecond: newsMbit / redisMasters,
    nodeInMbitPerSecond: newsMbit / nodes,
    nodeOutMbitPerSecond: toMbit(deliveriesPerSecond * costs.deliveryBytes) / nodes,
    redisGiB: (rooms * costs.roomKiB) / 2 ** 20,
  };
}

/** The least number from 1 of which something is true, and of every greater one. */
export function least(isEnough: (count: number) => boolean): number {
  let enough = 1;
  while (!isEnough(enough)) enough *= 2;
  let tooFew = Math.floor(enough / 2);
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

function toMbit(bytes: number): number {
  return (bytes * 8) / 1_000_000;
}
