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
const perSecond = 2_500;
/** Of each room: what is published while a member is away for ten times as long as it ever is. */
const kept = 2_000;

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
    const [group] = cluster.memberProcesses;
    const pauseMs = (count / perSecond / cuts) * 1_000;
    for (let cut = 0; cut < cuts && !signal.aborted; cut += 1) {
      await setTimeout(random.integer(0, 2 * pauseMs));
      await group?.calls.cut(random.integer(0, members - 1));
      progress(cut + 1, cuts);
    }
    const published = (await publishing).flat();
    const conclusion = await concludeRun(cluster, peer, published);
    const { figures } = conclusion;
    const keptForMs = (kept * rooms * 1_000) / perSecond;
    return { ...conclusion, figures: { ...figures, cuts, keptForMs: Math.round(keptForMs) } };
  },
});
