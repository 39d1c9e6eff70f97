/**
 * The rooms in which nodes tell each other what to do. No template of a contract can begin with a
 * percent sign, so that no contract has such a room and no client can ask for one.
 */
export const controlRooms = {
  /** A `latest` value for each revocation. */
  revocations: '%control:revocations',
  /** What every node is to do once. */
  commands: '%control:commands',
  /** Sessions whose clients have come back to another node. */
  superseded: '%control:superseded',
  /** Signs of life. */
  nodes: '%control:nodes',
} as const;

/** Where a node is asked, and told what it has asked for. */
export function inboxRoom(nodeId: string): string {
  return `%control:inbox:${nodeId}`;
}
