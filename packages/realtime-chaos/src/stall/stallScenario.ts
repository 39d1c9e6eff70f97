import { startRedis } from '@roomcast/realtime-redis/testing';
import { clusterScenario } from '../cluster/clusterScenario.ts';
import { concludeRun } from '../cluster/concludeRun.ts';
import { drawMs, pause } from '../cluster/pause.ts';
import { type Cluster, startCluster } from '../cluster/startCluster.ts';
import { startPublishing } from '../cluster/startPublishing.ts';
import { type SeededRandom, seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';

const fullStalls = 30;
const stallMs = [500, 25_000] as const;
const nodes = 3;
const rooms = 3;
const members = 24;
const memberProcesses = 3;
const perSecond = 240;
/** So short that who is halted for long is given up. */
const heartbeat = { intervalMs: 1_000, timeoutMs: 2_000 };
/** Of each room: what is published in some three seconds. */
const kept = 250;

/** Nodes and clients are halted, their connections open, while the log moves on without them. */
export const stallScenario = clusterScenario({
  name: 'stall',
  summary: '30 times SIGSTOP of a node or of clients for 0.5 to 25 s, with a history of 3 s',
  smokeScale: 0.1,
  seeds: 5,

  async run(peer, { seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    await using redis = await startRedis();
    await using cluster = await startCluster({
      ...{
        peer,
        nodes,
        rooms,
        kept,
        heartbeat,
        members,
        memberProcesses,
        redisUrl: () => redis.url,
      },
    });
    const publishing = startPublishing(cluster, perSecond);
    const stalls = scaled(fullStalls, scale);
    const longestMs = scale < 1 ? 5_000 : stallMs[1];
    let begun = 0;
    const lane = async (
      processes: Cluster['nodes'] | Cluster['memberProcesses'],
      own: SeededRandom,
    ) => {
      while (begun < stalls && !signal.aborted) {
        begun += 1;
        progress(begun, stalls);
        await pause(own.integer(100, 1_000), signal);
        const halted = processes[own.integer(0, processes.length - 1)];
        halted?.pause();
        await pause(drawMs(own, stallMs[0], longestMs), signal);
        halted?.resume();
      }
    };
    await Promise.all([
      lane(cluster.nodes, random.fork()),
      lane(cluster.memberProcesses, random.fork()),
    ]);
    const published = await publishing.stop();
    const { records: _, ...conclusion } = await concludeRun(cluster, peer, published);
    return { ...conclusion, figures: { ...conclusion.figures, stalls } };
  },
});
