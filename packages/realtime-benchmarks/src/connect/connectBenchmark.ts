import { randomBytes } from 'node:crypto';
import type { RemoteCalls } from '@roomcast/realtime-processes';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import { type OpenServer, openServer } from '../peers/openServer.ts';
import { whenEmpty } from '../peers/whenEmpty.ts';
import { type Connector, connectors } from './connectDialogues.ts';
import type { ConnectLoad } from './connectLoad.ts';
import { type ConnectRounds, type MeasuredRound, summariseConnect } from './summariseConnect.ts';

const timeoutMs = 60_000;
/** Servers and load are compiled as they run, and get faster for many rounds. */
const fullWarmUps = 10;
/** How many clients are on their way at once. */
const concurrency = 100;

/** Clients connect, authenticate and join three rooms. */
export const connectBenchmark: Benchmark = {
  name: 'connect',
  summary: '2,000 clients connect, authenticate and join 3 rooms; more clients a second is better',

  async run(context) {
    const count = context.isSmoke ? 20 : 2_000;
    const roundCount = context.isSmoke ? 1 : 11;
    const { load, servers } = await start(context, count);
    const rounds: ConnectRounds = { ours: [], stock: [], stockAtOnce: [], bare: [] };
    const warmUps = context.isSmoke ? 1 : fullWarmUps;
    for (let index = 1 - warmUps; index <= roundCount; index += 1) {
      context.progress(index < 1 ? 'warming up' : `round ${index} of ${roundCount}`);
      for (const connector of index % 2 === 0 ? connectors : connectors.toReversed()) {
        const measured = await runRound(servers[connector], load, connector);
        if (index > 0) rounds[connector].push(measured);
      }
    }
    return summariseConnect(rounds, count);
  },
};

async function start({ startPart }: BenchmarkContext, count: number) {
  const secret = randomBytes(32).toString('hex');
  const { calls: load } = await startPart<ConnectLoad>(new URL('connectLoad.ts', import.meta.url));
  await load.prepare({ secret, count });
  const ours = await openServer(startPart, 'ours', { secret, keep: 0 });
  const stock = await openServer(startPart, 'stock', { secret, keep: 0 });
  return { load, servers: { ours, stock, stockAtOnce: stock, bare: stock } };
}

async function runRound(
  { calls, port }: OpenServer,
  load: RemoteCalls<ConnectLoad>,
  connector: Connector,
): Promise<MeasuredRound> {
  await calls.startMeter();
  const result = await load.connect({ connector, port, concurrency, timeoutMs });
  const { cpuMs: serverCpuMs } = await calls.stopMeter();
  await whenEmpty(calls, timeoutMs);
  return { ...result, serverCpuMs };
}
