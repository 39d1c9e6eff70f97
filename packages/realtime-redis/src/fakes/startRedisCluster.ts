import { createClient } from 'redis';
import { freePorts } from '../testing/freePorts.ts';
import { type RunningRedis, startRedis } from '../testing/startRedis.ts';

/** A server of a cluster, and a connection to tell it what to do. */
export interface ClusterNode extends RunningRedis {
  readonly id: string;
  /** Sends one command; a server that was started again is connected anew. */
  command(...args: readonly string[]): Promise<unknown>;
}

/** Three masters, with a third of the slots each, on loopback. */
export interface RunningCluster extends AsyncDisposable {
  readonly masters: readonly [ClusterNode, ClusterNode, ClusterNode];
  readonly urls: readonly string[];
  slotOf(key: string): Promise<number>;
  /** The master that holds a key. */
  holderOf(key: string): Promise<ClusterNode>;
  /** Gives a slot to another master with all its keys, as `redis-cli --cluster reshard` does. */
  migrateSlot(slot: number, to: ClusterNode, options?: MigrationOptions): Promise<void>;
  /** Starts a replica of a master, in step with it. */
  addReplica(of: ClusterNode): Promise<ClusterNode>;
}

interface MigrationOptions {
  /** What is done while the slot is neither here nor there. */
  readonly halfWay?: () => Promise<void>;
}

const slotCount = 16_384;

const gossipMs = 100;

const clusterArgs = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '1000'];

/** A killed master is to hurt its own slots only. */
const coverageArgs = ['--cluster-require-full-coverage', 'no'];

export async function startRedisCluster(): Promise<RunningCluster> {
  const nodes: ClusterNode[] = [];
  const end = async () => {
    await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
  };
  // One after the other, so that none is left behind by another one that does not start.
  const start = async () => {
    const node = await startNode().catch(async (error) => {
      await end();
      throw error;
    });
    nodes.push(node);
    return node;
  };
  const masters = [await start(), await start(), await start()] as const;
  const bounds = [0, 1, 2, 3].map((third) => Math.ceil((third * slotCount) / 3));
  await Promise.all(
    masters.map((node, index) => {
      const [from = 0, end = 0] = bounds.slice(index);
      return node.command('CLUSTER', 'ADDSLOTSRANGE', `${from}`, `${end - 1}`);
    }),
  );
  // Different from the start, so that nodes need not agree on them first.
  await Promise.all(
    masters.map((node, index) => node.command('CLUSTER', 'SET-CONFIG-EPOCH', `${index + 1}`)),
  );
  await Promise.all(masters.slice(1).map((node) => meet(masters[0], node)));
  await Promise.all(masters.map((node) => until(() => knows(node, 3))));

  async function slotOf(key: string): Promise<number> {
    return Number(await masters[0].command('CLUSTER', 'KEYSLOT', key));
  }

  return {
    masters,
    urls: masters.map(({ url }) => url),
    slotOf,
    holderOf: async (key) => holderOfSlot(masters, await slotOf(key)),
    async migrateSlot(slot, to, { halfWay } = {}) {
      const from = await holderOfSlot(masters, slot);
      if (from === to) return;
      await to.command('CLUSTER', 'SETSLOT', `${slot}`, 'IMPORTING', from.id);
      await from.command('CLUSTER', 'SETSLOT', `${slot}`, 'MIGRATING', to.id);
      await halfWay?.();
      for (;;) {
        const keys = await from.command('CLUSTER', 'GETKEYSINSLOT', `${slot}`, '100');
        if (!Array.isArray(keys) || keys.length === 0) break;
        const target = ['127.0.0.1', `${to.port}`, '', '0', '5000'];
        await from.command('MIGRATE', ...target, 'KEYS', ...keys.map(String));
      }
      const others = masters.filter((node) => node !== to && node !== from);
      for (const node of [to, from, ...others]) {
        await node.command('CLUSTER', 'SETSLOT', `${slot}`, 'NODE', to.id);
      }
      // Gossip that is under way still says something else; whoever moves the slot again before it
      // has arrived makes the servers disagree for good.
      await new Promise((resolve) => setTimeout(resolve, gossipMs));
    },
    async addReplica(of) {
      const replica = await start();
      await meet(of, replica);
      await until(async () => String(await replica.command('CLUSTER', 'NODES')).includes(of.id));
      await replica.command('CLUSTER', 'REPLICATE', of.id);
      await until(async () =>
        String(await replica.command('INFO', 'replication')).includes('master_link_status:up'),
      );
      return replica;
    },
    [Symbol.asyncDispose]: end,
  };
}

async function startNode(): Promise<ClusterNode> {
  const [busPort = 0] = await freePorts(1);
  const args = [...clusterArgs, ...coverageArgs, '--cluster-port', `${busPort}`];
  const redis = await startRedis({ args });
  let client: ReturnType<typeof createClient> | null = null;

  async function command(...args: readonly string[]): Promise<unknown> {
    if (!client?.isReady) {
      client?.destroy();
      client = createClient({ url: redis.url, RESP: 2, socket: { reconnectStrategy: false } });
      client.on('error', () => {});
      await client.connect();
    }
    return client.sendCommand(args);
  }

  return {
    ...redis,
    command,
    id: String(await command('CLUSTER', 'MYID')),
    async [Symbol.asyncDispose]() {
      if (client?.isOpen) client.destroy();
      await redis[Symbol.asyncDispose]();
    },
  };
}

async function meet(one: ClusterNode, other: ClusterNode): Promise<void> {
  const info = String(await one.command('CLUSTER', 'NODES'));
  const busPort = /:\d+@(\d+)[^\n]* myself,/.exec(info)?.[1] ?? '';
  await other.command('CLUSTER', 'MEET', '127.0.0.1', `${one.port}`, busPort);
}

async function knows(node: ClusterNode, masterCount: number): Promise<boolean> {
  const info = String(await node.command('CLUSTER', 'INFO'));
  const ranges = await node.command('CLUSTER', 'SLOTS');
  const isWhole = info.includes('cluster_state:ok') && info.includes('cluster_slots_ok:16384');
  return isWhole && Array.isArray(ranges) && ranges.length >= masterCount;
}

/** Who holds a slot, by what a server says. */
async function holderIn(node: ClusterNode, slot: number): Promise<unknown> {
  const ranges = (await node.command('CLUSTER', 'SLOTS')) as [number, number, unknown[]][];
  return ranges.find(([from, to]) => from <= slot && slot <= to)?.[2][2];
}

async function holderOfSlot(nodes: readonly ClusterNode[], slot: number): Promise<ClusterNode> {
  for (const node of nodes) if ((await holderIn(node, slot)) === node.id) return node;
  throw new Error(`No master holds the slot ${slot}.`);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('The cluster did not come about.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
