import { type AnyContract, RoomcastError } from '@roomcast/realtime-contract';
import { startFaultProxy } from '../faults/startFaultProxy.ts';
import { ClusterNode, type ClusterNodeOptions } from './clusterNode.ts';
import { ClusterStore } from './clusterStore.ts';
import type { ClusterNodes, TestCluster, TestClusterOptions } from './testCluster.ts';
import type { TestServer } from './testServer.ts';
import { TestTokens, testSecret } from './testTokens.ts';

/**
 * Starts several real servers on loopback that share a log and a ledger of calls, and accept the
 * same tokens.
 *
 * @throws the system's error; what the factory of a broker or of a ledger throws; RoomcastError
 * `INVALID_CONFIG`
 *
 * @example
 * await using cluster = await startTestCluster(contract, { nodes: 2 });
 * await using alice = new WebSocketTester(cluster.nodes[0]);
 */
export async function startTestCluster<C extends AnyContract, const Count extends number = 2>(
  contract: C,
  options: TestClusterOptions<C, Count> = {},
): Promise<TestCluster<C, Count>> {
  const { nodes: count = 2, secret = testSecret, ...rest } = options;
  const { broker, callLedger, presenceStore, ...serverOptions } = rest;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RoomcastError(
      'INVALID_CONFIG',
      `Expected \`nodes\` to be a whole number of 1 or more, got \`${count}\`.`,
    );
  }
  const store = new ClusterStore({ broker, callLedger, presenceStore });
  const tokens = new TestTokens(secret);
  const nodeOptions: ClusterNodeOptions<C> = {
    ...{ contract, server: serverOptions, source: { secret, tokens } },
    openStore: (index) => store.open(index),
  };
  const nodes = Array.from({ length: count }, (_, index) => new ClusterNode(nodeOptions, index));
  const nodeAt = (index: number) => {
    const node = nodes[index];
    if (node) return node;
    throw new RangeError(`Expected a node from 0 to ${count - 1}, got ${index}.`);
  };
  let turn = -1;
  const entrance = await startFaultProxy(() => {
    turn += 1;
    const inTurn = nodes.map((_, index) => nodeAt((turn + index) % count));
    // Where all are stopped, the port of one that is: the connection is refused.
    return (inTurn.find(({ isRunning }) => isRunning) ?? nodeAt(0)).server.port;
  });
  let isClosed = false;
  const close = async () => {
    isClosed = true;
    await entrance.close();
    const stops = await Promise.allSettled(nodes.map((node) => node.stop()));
    await store.close();
    const failed = stops.find((stop) => stop.status === 'rejected');
    if (failed) throw failed.reason;
  };
  // Each has started or failed before anything is closed, so that none is left over.
  const starts = await Promise.allSettled(nodes.map((node) => node.start()));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  return {
    get nodes() {
      const servers: readonly TestServer<C>[] = nodes.map(({ server }) => server);
      return servers as ClusterNodes<C, Count>;
    },
    ...{ contract, close, url: `http://127.0.0.1:${entrance.port}` },
    tokenFor: (...args) => tokens.sign(...args),
    expireToken: (token) => tokens.expire(token),
    stop: async (index) => nodeAt(index).stop(),
    async restart(index) {
      if (isClosed) throw new RoomcastError('CLOSED', 'The cluster is closed. Start another one.');
      await nodeAt(index).start();
    },
    [Symbol.asyncDispose]: close,
  };
}
