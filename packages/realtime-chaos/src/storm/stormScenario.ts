import { setTimeout } from 'node:timers/promises';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { clusterScenario } from '../cluster/clusterScenario.ts';
import { concludeRun } from '../cluster/concludeRun.ts';
import { startCluster } from '../cluster/startCluster.ts';
import { seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';

const fullPublications = 100_000;
const fullCuts = 2_000;
const fullMembers = 200;
const nodes = 3;
const rooms = 20;
const perSecond = 2_000;
/** Of each room: all that is ever published, so that no time away is too long. */
const kept = fullPublications / rooms + 1;

/** Three nodes publish to all rooms, while members are cut off and come back somewhere else. */
export const stormScenario = clusterScenario({
  name: 'storm',
  summary: '100,000 publications from 3 nodes to 200 members in 20 rooms, and 2,000 cuts',
  smokeScale: 0.03,
  seeds: 20,

  async run(peer, { seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    await using redis = await startRedis();
    const members = Math.max(rooms, scaled(fullMembers, scale));
    await using cluster = await startCluster({
      ...{ peer, nodes, rooms, kept, members, memberProcesses: 1, redisUrl: () => redis.url },
    });
    const count = scaled(fullPublications, scale);
    const cuts = scaled(fullCuts, scale);
    const publishing = Promise.all(
      cluster.nodes.map(({ calls }, node) =>
        calls.publish({
          ...{ eventIds: cluster.eventIds, perSecond: perSecond / nodes, retries: false },
          ...{ count: Math.ceil(count / nodes), firstId: 1 + node * fullPublications },
        }),
      ),
    );
    // It is looked at once all cuts are made.
    publishing.catch(() => {});
    const [group] = cluster.memberProcesses;
    const intervalMs = (count / perSecond / cuts) * 1_000;
    const startedAtMs = performance.now();
    for (let cut = 0; cut < cuts && !signal.aborted; cut += 1) {
      // By the clock, so that all cuts are amid what is published.
      const dueAtMs = startedAtMs + cut * intervalMs + random.integer(0, Math.ceil(intervalMs));
      const delayMs = dueAtMs - performance.now();
      if (delayMs > 0) await setTimeout(delayMs);
      await group?.calls.cut(random.integer(0, members - 1));
      progress(cut + 1, cuts);
    }
    const published = (await publishing).flat();
    const conclusion = await concludeRun(cluster, peer, published);
    const { records: _, passed, failures, figures } = conclusion;
    const { signals = 0, resolved = 0 } = figures;
    const needless = peer.isOurs && signals > 0 ? [{ message: `${signals} gaps were told` }] : [];
    const isShort = peer.isOurs && resolved < published.length;
    const short = isShort ? [{ message: `${resolved} of ${published.length} were accepted` }] : [];
    const keptForMs = Math.round((kept * rooms * 1_000) / perSecond);
    return {
      ...{ passed, failures: [...failures, ...needless, ...short] },
      figures: { ...figures, cuts, keptForMs },
    };
  },
});
