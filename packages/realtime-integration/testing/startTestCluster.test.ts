import { type Broker, createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import {
  startTestCluster,
  type TestCluster,
  testWebSocketConnection,
  WebSocketTester,
} from '@roomcast/realtime-testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { purchase } from '../client/openClient.ts';
import { eventually } from '../eventually.ts';
import { openSockets } from './openSockets.ts';

const contract = eventContract;
const room = ['event', { eventId: '42' }] as const;

afterEach(async () => {
  await eventually(() => expect(openSockets()).toBe(0));
});

function publishOn({ nodes }: TestCluster<typeof contract>, node: number, ticketId: string) {
  return nodes[node]?.manager.broadcastToEvent('42', 'ticket-purchased', purchase(ticketId));
}

async function connectTo(cluster: TestCluster<typeof contract>, node: number, userId: string) {
  const server = cluster.nodes[node];
  if (!server) throw new Error(`No node ${node}.`);
  const tester = new WebSocketTester(server);
  await tester.connect(userId);
  await tester.join(...room);
  return tester;
}

describe('the nodes of a cluster', () => {
  it('share a log: what one publishes reaches the members on all, in one order', async () => {
    await using cluster = await startTestCluster(contract, { nodes: 3 });
    await using alice = await connectTo(cluster, 0, 'alice');
    await using bob = await connectTo(cluster, 2, 'bob');
    for (const node of [0, 1, 2, 0]) await publishOn(cluster, node, `of ${node}`);
    for (const tester of [alice, bob]) {
      const heard: string[] = [];
      for (let count = 0; count < 4; count += 1) {
        heard.push((await tester.waitForEvent('ticket-purchased')).ticketId);
      }
      expect(heard).toEqual(['of 0', 'of 1', 'of 2', 'of 0']);
    }
    const published = cluster.nodes.map((node) => node.published('ticket-purchased').length);
    expect(published).toEqual([2, 1, 1]);
    expect(cluster.nodes.map(({ manager }) => manager.getConnectionCount())).toEqual([1, 0, 1]);
  });

  it('accept the same tokens, and end their time together', async () => {
    await using cluster = await startTestCluster(contract);
    const token = await cluster.tokenFor('alice');
    expect(await cluster.nodes[1].tokenFor('alice')).toBe(token);
    for (const node of cluster.nodes) await testWebSocketConnection(node, 'alice');
    cluster.nodes[0].expireToken(token);
    expect(await cluster.tokenFor('alice')).not.toBe(token);
    // A node that was not there then knows of it, too.
    await cluster.restart(1);
    for (const node of cluster.nodes) {
      const tokenFor = async () => token;
      await using late = new WebSocketTester({ ...node, tokenFor }, { timeoutMs: 300 });
      await expect(late.connect('alice')).rejects.toMatchObject({
        cause: { code: 'TOKEN_EXPIRED' },
      });
    }
  });

  it('stop and start again on their port, and their members go on where they stood', async () => {
    await using cluster = await startTestCluster(contract);
    await using alice = await connectTo(cluster, 1, 'alice');
    await publishOn(cluster, 0, 't-1');
    await alice.waitForEvent('ticket-purchased');
    const port = cluster.nodes[1].port;
    await cluster.stop(1);
    await cluster.stop(1);
    await publishOn(cluster, 0, 't-2');
    await cluster.restart(1);
    expect(cluster.nodes[1].port).toBe(port);
    await expect(alice.waitForRecovery(...room)).resolves.toMatchObject({ status: 'resumed' });
    expect((await alice.waitForEvent('ticket-purchased')).ticketId).toBe('t-2');
    expect(alice.received('ticket-purchased')).toHaveLength(2);
  });

  it('do not start again once the cluster is closed', async () => {
    const cluster = await startTestCluster(contract);
    await cluster.close();
    await expect(cluster.restart(0)).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('restart while they run', async () => {
    await using cluster = await startTestCluster(contract);
    const [before] = cluster.nodes;
    await cluster.restart(0);
    expect(cluster.nodes[0]).not.toBe(before);
    await testWebSocketConnection(cluster.nodes[0]);
  });

  it('are two where nothing else is said, and there is no other', async () => {
    await using cluster = await startTestCluster(contract);
    expect(cluster.nodes).toHaveLength(2);
    await expect(cluster.stop(2)).rejects.toThrow('Expected a node from 0 to 1, got 2.');
    await expect(cluster.restart(-1)).rejects.toThrow(RangeError);
    await expect(startTestCluster(contract, { nodes: 0 })).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
    });
  });
});

describe('a tester of a whole cluster', () => {
  it('gets to each node in turn, and to another one when its own is gone', async () => {
    await using cluster = await startTestCluster(contract, { nodes: 3 });
    await using alice = new WebSocketTester(cluster);
    await alice.connect('alice');
    await alice.join(...room);
    const nodeOf = (userId: string) =>
      cluster.nodes.findIndex(({ manager, connects }) =>
        manager.getConnectionCount() > 0 ? connects.at(-1)?.userId === userId : false,
      );
    const first = nodeOf('alice');
    await using bob = new WebSocketTester(cluster);
    await bob.connect('bob');
    expect(nodeOf('bob')).not.toBe(first);
    await cluster.stop(first);
    await publishOn(cluster, nodeOf('bob'), 't-1');
    expect((await alice.waitForEvent('ticket-purchased')).ticketId).toBe('t-1');
    await expect(alice.waitForRecovery(...room)).resolves.toMatchObject({ status: 'resumed' });
  });

  it('is never led to a node that is stopped', async () => {
    await using cluster = await startTestCluster(contract, { nodes: 3 });
    await cluster.stop(1);
    for (const userId of ['alice', 'bob', 'carol', 'dave']) {
      await using tester = new WebSocketTester(cluster, { client: { maxAttempts: 0 } });
      await tester.connect(userId);
    }
    const counts = cluster.nodes.map(({ connects }) => connects.length);
    expect(counts).toEqual([expect.any(Number), 0, expect.any(Number)]);
    expect(Math.min(counts[0] ?? 0, counts[2] ?? 0)).toBeGreaterThan(0);
  });

  it('is refused where no node runs', async () => {
    await using cluster = await startTestCluster(contract);
    for (const node of [0, 1]) await cluster.stop(node);
    await using alice = new WebSocketTester(cluster, { timeoutMs: 100 });
    await expect(alice.connect('alice')).rejects.toMatchObject({
      cause: { code: 'CONNECTION_FAILED' },
    });
  });
});

describe('the broker of a cluster', () => {
  it('stays open where it was passed in', async () => {
    const broker = createMemoryBroker();
    const cluster = await startTestCluster(contract, { broker });
    await publishOn(cluster, 0, 't-1');
    await cluster.close();
    await cluster.close();
    await expect(broker.position('event-42')).resolves.toMatchObject({ offset: 1 });
  });

  it('is made for each life of each node, and closed with it', async () => {
    const log = createMemoryBroker();
    const close = vi.fn(async () => {});
    const broker = vi.fn(async (_node: number): Promise<Broker> => ({ ...log, close }));
    const cluster = await startTestCluster(contract, { broker });
    await cluster.restart(1);
    expect(broker.mock.calls).toEqual([[0], [1], [1]]);
    expect(close).toHaveBeenCalledTimes(1);
    await cluster.close();
    expect(close).toHaveBeenCalledTimes(3);
  });

  it('leaves nothing open where it cannot be made', async () => {
    const failure = new Error('no Redis');
    const broker = async (node: number) => {
      if (node === 1) throw failure;
      return createMemoryBroker();
    };
    await expect(startTestCluster(contract, { broker })).rejects.toBe(failure);
  });
});
