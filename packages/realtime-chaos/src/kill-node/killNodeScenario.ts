import { startRedis } from '@roomcast/realtime-redis/testing';
import { clusterScenario } from '../cluster/clusterScenario.ts';
import { concludeRun } from '../cluster/concludeRun.ts';
import { pause } from '../cluster/pause.ts';
import { startCluster } from '../cluster/startCluster.ts';
import { startPublishing } from '../cluster/startPublishing.ts';
import { seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import { timesUntilBack } from './timesUntilBack.ts';

const fullKills = 30;
const fullMembers = 60;
const nodes = 3;
const rooms = 10;
const perSecond = 500;
const kept = 5_000;
const maxBackMs = 3_000;

/** Nodes die without a word, one after the other, and are started again. */
export const killNodeScenario = clusterScenario({
  name: 'kill-node',
  summary: '30 times kill -9 of a random one of 3 nodes, at 500 publications a second',
  smokeScale: 0.07,
  seeds: 5,

  async run(peer, { seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    await using redis = await startRedis();
    const members = scaled(fullMembers, Math.max(scale, 0.5));
    await using cluster = await startCluster({
      ...{ peer, nodes, rooms, kept, members, memberProcesses: 1, redisUrl: () => redis.url },
    });
    const publishing = startPublishing(cluster, perSecond);
    const kills = scaled(fullKills, scale);
    const killedAtMs: number[] = [];
    for (let kill = 0; kill < kills && !signal.aborted; kill += 1) {
      await pause(random.integer(300, 1_000), signal);
      const node = random.integer(0, nodes - 1);
      killedAtMs.push(Date.now());
      await cluster.killNode(node);
      await pause(random.integer(200, 1_000), signal);
      await cluster.restartNode(node);
      progress(kill + 1, kills);
    }
    const published = await publishing.stop();
    const { records, ...conclusion } = await concludeRun(cluster, peer, published);
    const timesMs = timesUntilBack(records, published, killedAtMs);
    const backP99Ms = timesMs[Math.floor(timesMs.length * 0.99)] ?? 0;
    const isLate = peer.isOurs && backP99Ms > maxBackMs;
    const late = isLate ? [{ message: `back and replayed after ${backP99Ms} ms, p99` }] : [];
    return {
      passed: conclusion.passed,
      failures: [...conclusion.failures, ...late],
      figures: { ...conclusion.figures, kills, cutOff: timesMs.length, backP99Ms },
    };
  },
});
