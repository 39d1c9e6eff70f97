import type { ClusterCounters, ProcessStatus } from '../shared/controlContract.ts';
import { askNodes } from './control/askNodes.ts';
import { Happenings } from './control/happenings.ts';
import { keepShowing } from './control/keepShowing.ts';
import { startControl } from './control/startControl.ts';
import { startProcesses } from './processes/startProcesses.ts';
import type { StartProxy } from './proxy/startProxy.ts';
import type { Settings } from './settings.ts';
import { openStores } from './stores/openStores.ts';
import { startCounting } from './tally/startCounting.ts';

export interface ClusterOptions extends Omit<Settings, 'startsProxy'> {
  readonly startProxy: StartProxy;
  /** How long something that was killed is down. @default 3_000 */
  readonly restartAfterMs?: number;
}

/** The shop on three nodes, with all that belongs to it. */
export interface Cluster extends AsyncDisposable {
  /** The shop, through the proxy. */
  readonly shopUrl: string;
  /** Where processes are killed. */
  readonly controlUrl: string;
  /** The SQLite file that all processes of the shop share. */
  readonly database: string;
  /** Asks the log first, which needs Redis. */
  counters(): Promise<ClusterCounters>;
  /** The nodes by name, with how many connections each has. */
  connections(): Promise<ReadonlyMap<string, number | null>>;
  status(name: string): ProcessStatus;
  /** @returns false where there is no such process, or none that runs */
  kill(name: string): Promise<boolean>;
  /** Resolves once everything that was sold is told. */
  pauseTrading(): Promise<void>;
}

/** Starts everything, and ends all of it where one part cannot be started. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { host, port, controlPort, startProxy, tradesPerSecond } = options;
  // What was started last ends first: nobody is left without what it needs.
  await using stack = new AsyncDisposableStack();
  const happenings = new Happenings();
  const own = stack.use(await openStores(options.history));
  const { stores, eventIds } = own;
  const processes = stack.use(
    await startProcesses({ ...options, stores, redis: own.redis, happenings }),
  );
  const proxy = stack.adopt(
    await startProxy({ host, port, nodePorts: processes.nodePorts }),
    (running) => running.close(),
  );
  const counting = stack.use(await startCounting({ url: proxy.url, stores, eventIds }));
  await counting.joined();
  const seller = stack.use(await processes.startSeller(tradesPerSecond));
  const { kill, nodes, status } = processes;
  const control = stack.adopt(await startControl({ host, port: controlPort, kill }), (running) =>
    running.close(),
  );
  stack.use(
    keepShowing(async () =>
      control.show({
        shopUrl: proxy.url,
        nodes: await askNodes(nodes),
        redis: status('Redis'),
        counters: counting.tally.counters(),
        happenings: happenings.list(),
      }),
    ),
  );
  const everything = stack.move();
  return {
    ...{ shopUrl: proxy.url, controlUrl: control.url, database: stores.database, kill, status },
    async counters() {
      await counting.ask();
      return counting.tally.counters();
    },
    async connections() {
      const states = await askNodes(nodes);
      return new Map(states.map(({ name, connections }) => [name, connections]));
    },
    pauseTrading: () => seller.pause(),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
