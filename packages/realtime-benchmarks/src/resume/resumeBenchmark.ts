import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { RemoteCalls, StartPart } from '@roomcast/realtime-processes';
import type { Benchmark } from '../benchmark.ts';
import { openServer } from '../peers/openServer.ts';
import { type Peer, peers } from '../peers/peer.ts';
import type { PeerServer } from '../peers/peerServer.ts';
import { whenEmpty } from '../peers/whenEmpty.ts';
import type { ResumeLoad } from './resumeLoad.ts';
import { type ResumeCase, type ResumeRound, summariseResume } from './summariseResume.ts';

const timeoutMs = 60_000;

/** The rooms of everybody else, whose publications are kept as well. */
const otherRooms: readonly string[] = Array.from({ length: 200 }, (_, index) => `other-${index}`);

interface Work {
  readonly clients: number;
  readonly missed: number;
  /** How many publications the server keeps, of all rooms; each is a case of its own. */
  readonly kept: readonly number[];
  readonly rounds: number;
}

const fullWork: Work = { clients: 1_000, missed: 100, kept: [1_000, 10_000, 100_000], rounds: 5 };
const smokeWork: Work = { clients: 10, missed: 20, kept: [200, 400], rounds: 1 };

/** Clients come back who missed publications of one room, while much more is kept of others. */
export const resumeBenchmark: Benchmark = {
  name: 'resume',
  summary:
    '1,000 clients come back, each missing 100 publications of one room; less time is better',

  async run({ isSmoke, startPart, progress }) {
    const work = isSmoke ? smokeWork : fullWork;
    const secret = randomBytes(32).toString('hex');
    const { calls: load } = await startPart<ResumeLoad>(new URL('resumeLoad.ts', import.meta.url));
    await load.prepare({ secret, count: work.clients });
    const cases: ResumeCase[] = [];
    for (const kept of work.kept) {
      const rounds: Record<Peer, ResumeRound[]> = { ours: [], stock: [] };
      for (let index = 1; index <= work.rounds; index += 1) {
        for (const peer of index % 2 === 0 ? peers : peers.toReversed()) {
          progress(`${kept} kept, round ${index} of ${work.rounds}: ${peer}`);
          rounds[peer].push(await runRound(startPart, load, { ...work, peer, kept, secret }));
        }
      }
      cases.push({ kept, rounds });
    }
    return summariseResume(cases, work);
  },
};

interface RoundOptions {
  readonly peer: Peer;
  readonly clients: number;
  readonly missed: number;
  readonly kept: number;
  readonly secret: string;
}

/** On a server of its own, which has nothing of the round before. */
async function runRound(
  startPart: StartPart,
  load: RemoteCalls<ResumeLoad>,
  { peer, clients, missed, kept, secret }: RoundOptions,
): Promise<ResumeRound> {
  const { calls: server, port, stop } = await openServer(startPart, peer, { secret, keep: kept });
  try {
    const others = (kept - 2 * missed) / 2;
    await server.publish({ eventIds: otherRooms, count: Math.floor(others) });
    await load.join({ peer, port });
    await server.publish({ eventIds: ['42'], count: 1 });
    await whenPlaced(load, clients);
    await load.cut();
    // Once to warm up: the way back is compiled as it is gone.
    await missSome(server, missed);
    await load.resume({ missed });
    await server.publish({ eventIds: otherRooms, count: Math.ceil(others) - 1 });
    await missSome(server, missed);
    return await measure(server, load, missed);
  } finally {
    await stop();
  }
}

async function missSome(server: RemoteCalls<PeerServer>, missed: number): Promise<void> {
  await whenEmpty(server, timeoutMs);
  await server.publish({ eventIds: ['42'], count: missed });
}

async function measure(
  server: RemoteCalls<PeerServer>,
  load: RemoteCalls<ResumeLoad>,
  missed: number,
): Promise<ResumeRound> {
  await server.startMeter();
  const result = await load.resume({ missed });
  const { cpuMs: serverCpuMs, longestBlockMs } = await server.stopMeter();
  return { ...result, serverCpuMs, longestBlockMs };
}

async function whenPlaced(load: RemoteCalls<ResumeLoad>, count: number): Promise<void> {
  const startedAtMs = performance.now();
  while ((await load.countPlaced()) < count) {
    if (performance.now() - startedAtMs > timeoutMs) {
      throw new Error(`After ${timeoutMs} ms not every client has heard the first event.`);
    }
    await setTimeout(10);
  }
}
