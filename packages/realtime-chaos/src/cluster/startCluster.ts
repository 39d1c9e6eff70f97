import { type Part, type PartProcess, startProcess } from '@roomcast/realtime-processes';
import type { ScenarioFailure } from '../scenario.ts';
import type { MemberPlan, MembersPart, OpenOrder } from './members/membersPart.ts';
import type { NodePart, PublisherPart, StartOptions } from './nodes/clusterNode.ts';
import type { Peer } from './peers.ts';

export interface ClusterOptions
  extends Omit<StartOptions, 'redisUrl'>,
    Partial<Omit<OpenOrder, 'plans'>> {
  readonly peer: Peer;
  readonly nodes: number;
  /** What the way to Redis is for a node, in the order of the nodes, and at last for the publisher. */
  redisUrl(part: number): string;
  readonly members: number;
  /** How many processes the members are in. */
  readonly memberProcesses: number;
  /** How many of the nodes, the last ones, get no members at first. @default 0 */
  readonly spareNodes?: number;
}

/** How a node ended that was told to. */
export interface NodeEnd {
  readonly code: number | null;
  readonly tookMs: number;
}

/** Nodes, a publisher and members, each in a process of its own. */
export interface Cluster extends AsyncDisposable {
  readonly eventIds: readonly string[];
  readonly nodes: readonly PartProcess<NodePart>[];
  readonly publisher: PartProcess<PublisherPart>;
  readonly memberProcesses: readonly PartProcess<MembersPart>[];
  /** How many members each of those processes has. */
  readonly membersEach: number;
  /** Ends a node at once; connections are led to the others. */
  killNode(node: number): Promise<void>;
  /** Tells a node to end, and leads new connections to all others. */
  terminateNode(node: number): Promise<NodeEnd>;
  /** Starts a node again, on the port that it had. */
  restartNode(node: number): Promise<void>;
  /** Processes that have ended and should not have. */
  readonly ends: readonly ScenarioFailure[];
}

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { peer, redisUrl, members, memberProcesses } = options;
  const { kept, rooms, heartbeat, sharesNetwork = false, hasOwnDelays = false } = options;
  const start = { kept, rooms, ...(heartbeat && { heartbeat }) };
  const eventIds = Array.from({ length: rooms }, (_, index) => `${index + 1}`);
  const stack = new AsyncDisposableStack();
  const ends: ScenarioFailure[] = [];
  const killed = new Set<unknown>();
  let isClosing = false;

  function watch(part: Pick<PartProcess<Part>, 'ended'>, name: string): void {
    void part.ended.then(({ code, signal }) => {
      if (isClosing || killed.has(part)) return;
      ends.push({ message: `the process of ${name} has ended with ${signal ?? code}` });
    });
  }
  async function startNode(index: number, port: number) {
    const node = await startProcess<NodePart>(peer.node);
    watch(node, `node ${index}`);
    await node.calls.start({ redisUrl: redisUrl(index), ...start });
    return { node, port: await node.calls.listen(port) };
  }
  try {
    const started = await Promise.all(
      Array.from({ length: options.nodes }, (_, index) => startNode(index, 0)),
    );
    const ports = started.map(({ port }) => port);
    const nodes = started.map(({ node }) => node);
    stack.defer(() => Promise.all(nodes.map((node) => node.stop())).then(() => {}));
    const publisher = stack.use(await startProcess<PublisherPart>(peer.publisher));
    watch(publisher, 'the publisher');
    await publisher.calls.start({ redisUrl: redisUrl(options.nodes), ...start });
    const groups = await Promise.all(
      Array.from({ length: memberProcesses }, () => startProcess<MembersPart>(peer.members)),
    );
    for (const [index, group] of groups.entries()) {
      stack.use(group);
      watch(group, `members ${index}`);
    }
    const { spareNodes = 0 } = options;
    const dead = new Set([...nodes.keys()].slice(nodes.length - spareNodes));
    const route = async () => {
      const alive = ports.filter((_, index) => !dead.has(index));
      await Promise.all(groups.map((group) => group.calls.route(alive)));
    };
    await route();
    const membersEach = Math.ceil(members / memberProcesses);
    await Promise.all(
      groups.map((group, index) =>
        group.calls.open({
          ...{ plans: planMembers(index * membersEach, membersEach, eventIds) },
          ...{ sharesNetwork, hasOwnDelays },
        }),
      ),
    );
    const nodeAt = (index: number) => {
      const node = nodes[index];
      if (!node) throw new RangeError(`There is no node ${index}.`);
      return node;
    };
    return {
      ...{ eventIds, nodes, publisher, memberProcesses: groups, membersEach, ends },
      async killNode(index) {
        const node = nodeAt(index);
        killed.add(node);
        dead.add(index);
        await node.kill();
        await route();
      },
      async terminateNode(index) {
        const node = nodeAt(index);
        killed.add(node);
        dead.clear();
        dead.add(index);
        await route();
        const startedAtMs = Date.now();
        node.terminate();
        const { code } = await node.ended;
        return { code, tookMs: Date.now() - startedAtMs };
      },
      async restartNode(index) {
        const { node } = await startNode(index, ports[index] ?? 0);
        nodes[index] = node;
        dead.delete(index);
        await route();
      },
      async [Symbol.asyncDispose]() {
        isClosing = true;
        await stack.disposeAsync();
      },
    };
  } catch (error) {
    isClosing = true;
    await stack.disposeAsync();
    throw error;
  }
}

function planMembers(
  first: number,
  count: number,
  eventIds: readonly string[],
): readonly MemberPlan[] {
  return Array.from({ length: count }, (_, index) => ({
    userId: `user-${first + index + 1}`,
    eventId: eventIds[(first + index) % eventIds.length] ?? '',
  }));
}
