/** A system under the same faults, and the modules of its parts. */
export interface Peer {
  readonly name: 'roomcast' | 'redis-adapter' | 'streams-adapter';
  /** Whose figures are held to the targets. */
  readonly isOurs: boolean;
  readonly node: URL;
  readonly publisher: URL;
  readonly members: URL;
}

const module = (path: string) => new URL(path, import.meta.url);

export const roomcast: Peer = {
  ...{ name: 'roomcast', isOurs: true, node: module('nodes/roomcastNode.ts') },
  publisher: module('nodes/roomcastPublisher.ts'),
  members: module('members/roomcastMembers.ts'),
};

/** Socket.IO alone, with each of its adapters for Redis. */
export const stockPeers: readonly Peer[] = (['redis-adapter', 'streams-adapter'] as const).map(
  (name) => {
    const file = name === 'redis-adapter' ? 'redisAdapterNode' : 'streamsAdapterNode';
    const node = module(`nodes/${file}.ts`);
    // A node without members is all that it has to publish from.
    const members = module('members/stockMembers.ts');
    return { name, isOurs: false, node, publisher: node, members };
  },
);
