import type { ProcessStatus } from '../../shared/controlContract.ts';
import type { NamedNode } from '../control/askNodes.ts';
import type { Happenings } from '../control/happenings.ts';
import { type RunningNode, startNode } from '../nodes/startNode.ts';
import type { Settings } from '../settings.ts';
import type { SharedStores } from '../stores/openStores.ts';
import type { OwnRedis } from '../stores/startOwnRedis.ts';
import { startSeller } from '../trading/startSeller.ts';
import { type Life, type Supervised, supervise } from './supervise.ts';

export interface ProcessesOptions extends Pick<Settings, 'host' | 'nodePorts' | 'transports'> {
  readonly stores: SharedStores;
  readonly redis: OwnRedis;
  readonly happenings: Happenings;
  /** How long something that was killed is down. @default 3_000 */
  readonly restartAfterMs?: number;
}

/** Redis, the nodes and the seller, each started again when it ends. */
export interface Processes extends AsyncDisposable {
  readonly nodes: readonly NamedNode[];
  readonly nodePorts: readonly number[];
  status(name: string): ProcessStatus;
  /** @returns false where there is no such process, or none that runs */
  kill(name: string): Promise<boolean>;
  /** Starts the process that sells, once there is somebody to hear of it. */
  startSeller(perSecond: number): Promise<AsyncDisposable & { pause(): Promise<void> }>;
}

export async function startProcesses(options: ProcessesOptions): Promise<Processes> {
  const { stores, redis, happenings, restartAfterMs = 3_000 } = options;
  const byName = new Map<string, Supervised<Life>>();
  await using stack = new AsyncDisposableStack();

  async function keep<L extends Life>(name: string, start: () => Promise<L>) {
    const supervised = await supervise({
      ...{ start, restartAfterMs },
      onChange: (status) => happenings.add(`${name} is ${status}`),
      onError: (error) => happenings.add(`${name} could not be started: ${error}`),
    });
    byName.set(name, supervised);
    return supervised;
  }

  async function keepNode(name: string, wantedPort: number): Promise<NamedNode> {
    let port = wantedPort;
    const { host, transports } = options;
    const supervised = await keep<RunningNode>(name, async () => {
      const node = await startNode({ ...stores, name, host, port, transports });
      // The proxy knows it by its port, in every life.
      port = node.port;
      return node;
    });
    return { name, supervised };
  }

  stack.adopt(await keep('Redis', redis.startLife), (supervised) => supervised.close());
  const started = await Promise.allSettled(
    options.nodePorts.map((port, index) => keepNode(`node-${index + 1}`, port)),
  );
  stack.defer(() => closeAll(started));
  const nodes = started.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  const everything = stack.move();
  return {
    nodes,
    nodePorts: nodes.map(({ supervised }) => supervised.life?.port ?? 0),
    status: (name) => (byName.get(name)?.life ? 'up' : 'down'),
    kill: async (name) => (await byName.get(name)?.kill()) ?? false,
    async startSeller(perSecond) {
      const seller = await keep('the seller', async () => {
        const running = await startSeller(stores);
        await running.calls.trade(perSecond);
        return running;
      });
      return {
        pause: async () => seller.life?.calls.pause(),
        [Symbol.asyncDispose]: () => seller.close(),
      };
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

async function closeAll(nodes: readonly PromiseSettledResult<NamedNode>[]): Promise<void> {
  await Promise.all(
    nodes.map((node) => node.status === 'fulfilled' && node.value.supervised.close()),
  );
}
