/**
 * How many nodes have a member of a room, on average, where its members are anywhere by chance: each
 * node is without any with the probability (1 − 1/nodes)^members.
 */
export function nodesWithMembers(nodes: number, members: number): number {
  return nodes * (1 - (1 - 1 / nodes) ** members);
}
