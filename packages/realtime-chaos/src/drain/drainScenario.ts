import { startRedis } from '@roomcast/realtime-redis/testing';
import { clusterScenario } from '../cluster/clusterScenario.ts';
import { concludeRun } from '../cluster/concludeRun.ts';
import { pause } from '../cluster/pause.ts';
import { type Cluster, type NodeEnd, startCluster } from '../cluster/startCluster.ts';
import { startPublishing } from '../cluster/startPublishing.ts';
import { seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import { busiestShare } from './busiestShare.ts';

const fullMembers = 5_000;
const membersPerProcess = 2_500;
const nodes = 2;
const rooms = 50;
const perSecond = 50;
const kept = 5_000;
const maxExitMs = 10_000;
/** Of a window of 5 s a fifth comes back in each second, and whom chance or the machine adds. */
const maxSecondShare = 0.4;
/** How long everybody may take to be back, once a node has ended. */
const maxBackMs = 60_000;

/** A node with all members is told to end, which go on at another; then that one, and back. */
export const drainScenario = clusterScenario({
  name: 'drain',
  summary: 'SIGTERM of a node with 5,000 members under traffic, and then of the one they went to',
  smokeScale: 0.02,
  smokeSeeds: 1,
  seeds: 3,

  async run(peer, { seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    await using redis = await startRedis();
    const members = scaled(fullMembers, scale);
    await using cluster = await startCluster({
      ...{ peer, nodes, rooms, kept, members, redisUrl: () => redis.url },
      ...{ memberProcesses: Math.ceil(members / membersPerProcess), spareNodes: 1 },
      ...{ sharesNetwork: true, hasOwnDelays: true },
    });
    const publishing = startPublishing(cluster, perSecond);
    const drains = scale < 1 ? 1 : 2;
    const ends: NodeEnd[] = [];
    const shares: number[] = [];
    for (let drain = 0; drain < drains && !signal.aborted; drain += 1) {
      await pause(random.integer(500, 1_500), signal);
      const fromMs = Date.now();
      ends.push(await cluster.terminateNode(drain));
      await Promise.all([whenBack(cluster, signal), cluster.restartNode(drain)]);
      const records = await Promise.all(cluster.memberProcesses.map(({ calls }) => calls.record()));
      const backAtMs = records.flat().flatMap((record) => record.backAtMs);
      shares.push(
        busiestShare(
          backAtMs.filter((atMs) => atMs >= fromMs),
          1_000,
        ),
      );
      progress(drain + 1, drains);
    }
    const published = await publishing.stop();
    const { records: _, ...conclusion } = await concludeRun(cluster, peer, published);
    const { figures } = conclusion;
    const exitMs = Math.max(...ends.map(({ tookMs }) => tookMs));
    const busiestSecond = Math.max(...shares);
    const faults = [
      ...ends.filter(({ code }) => code !== 0).map(({ code }) => `a node has ended with ${code}`),
      ...(exitMs > maxExitMs ? [`a node took ${exitMs} ms to end`] : []),
      ...(busiestSecond > maxSecondShare ? [`${busiestSecond} came back in one second`] : []),
      ...(figures.signals ? [`${figures.signals} were told of a gap`] : []),
      ...(figures.losses === members * drains ? [] : [`${figures.losses} connections were lost`]),
    ];
    return {
      passed: conclusion.passed,
      failures: [
        ...conclusion.failures,
        ...(peer.isOurs ? faults.map((message) => ({ message })) : []),
      ],
      figures: {
        ...{ ...figures, drains, exitMs },
        busiestSecondPercent: Math.round(busiestSecond * 100),
      },
    };
  },
});

async function whenBack({ memberProcesses }: Cluster, signal: AbortSignal): Promise<void> {
  const untilMs = Date.now() + maxBackMs;
  const away = async () => Promise.all(memberProcesses.map(({ calls }) => calls.away()));
  do await pause(500, signal);
  while (Date.now() < untilMs && !signal.aborted && (await away()).some((count) => count > 0));
}
