import { randomBytes } from 'node:crypto';
import type { RemoteCalls, StartPart } from '@roomcast/realtime-processes';
import type { Benchmark } from '../benchmark.ts';
import type { ClientKind } from '../delivery/subscription.ts';
import { openServer } from '../peers/openServer.ts';
import type { ServerName } from '../peers/peer.ts';
import { whenEmpty } from '../peers/whenEmpty.ts';
import type { MemoryLoad } from './memoryLoad.ts';
import { openFilesLimit } from './openFilesLimit.ts';
import { type MemoryRound, type MemoryRounds, summariseMemory } from './summariseMemory.ts';

interface Work {
  readonly connections: number;
  /** How many come and go before, so that what is loaded and compiled only once is there. */
  readonly warmUp: number;
  readonly rounds: number;
}

const fullWork: Work = { connections: 10_000, warmUp: 500, rounds: 3 };
const smokeWork: Work = { connections: 50, warmUp: 5, rounds: 1 };

/** Files that a process has open beside its connections. */
const otherFiles = 200;

const timeoutMs = 120_000;
const roomsEach = 3;

interface Held {
  readonly name: keyof MemoryRounds;
  readonly server: ServerName;
  readonly client: ClientKind;
  readonly roomsEach: number;
}

const contenders: readonly Held[] = [
  { name: 'ours', server: 'ours', client: 'framed', roomsEach },
  { name: 'stock', server: 'stock', client: 'stock', roomsEach },
  { name: 'ws', server: 'ws', client: 'hello', roomsEach: 0 },
];

/** Many connections that do nothing. */
export const memoryBenchmark: Benchmark = {
  name: 'memory',
  summary: '10,000 idle authenticated connections, 3 rooms each; less memory is better',

  async run({ isSmoke, startPart, progress }) {
    const work = isSmoke ? smokeWork : fullWork;
    const connections = Math.min(work.connections, openFilesLimit() - otherFiles);
    if (connections < work.connections) {
      progress(`The limit of open files leaves ${connections} of ${work.connections} connections.`);
    }
    const secret = randomBytes(32).toString('hex');
    const { calls: load } = await startPart<MemoryLoad>(new URL('memoryLoad.ts', import.meta.url));
    await load.prepare({ secret, count: connections });
    const rounds: Record<keyof MemoryRounds, MemoryRound[]> = { ours: [], stock: [], ws: [] };
    for (let index = 1; index <= work.rounds; index += 1) {
      for (const held of index % 2 === 0 ? contenders : contenders.toReversed()) {
        progress(`round ${index} of ${work.rounds}: ${held.name}`);
        const options = { ...work, ...held, connections, secret };
        rounds[held.name].push(await runRound(startPart, load, options));
      }
    }
    return summariseMemory(rounds, connections);
  },
};

/** On a server of its own: memory that was needed once is not all given back. */
async function runRound(
  startPart: StartPart,
  load: RemoteCalls<MemoryLoad>,
  {
    server: name,
    client,
    roomsEach,
    connections,
    warmUp,
    secret,
  }: Work & Held & { secret: string },
): Promise<MemoryRound> {
  const { calls: server, port, stop } = await openServer(startPart, name, { secret });
  try {
    const options = { client, port, roomsEach, timeoutMs };
    await load.connect({ ...options, count: warmUp });
    await load.disconnect();
    await whenEmpty(server, timeoutMs);
    const before = await server.memory();
    await load.connect({ ...options, count: connections });
    const after = await server.memory();
    await load.disconnect();
    return {
      rss: (after.rss - before.rss) / connections,
      heapUsed: (after.heapUsed - before.heapUsed) / connections,
      external: (after.external - before.external) / connections,
    };
  } finally {
    await stop();
  }
}
