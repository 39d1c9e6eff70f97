import { startRedis } from '@roomcast/realtime-redis/testing';
import {
  bandwidth,
  chunks,
  type Fault,
  halfOpen,
  latency,
  reset,
} from '@roomcast/realtime-testing';
import { clusterScenario } from '../cluster/clusterScenario.ts';
import { concludeRun } from '../cluster/concludeRun.ts';
import { drawMs } from '../cluster/pause.ts';
import { startCluster } from '../cluster/startCluster.ts';
import { startPublishing } from '../cluster/startPublishing.ts';
import { zombieAges } from '../cluster/verdict/zombieAges.ts';
import { type SeededRandom, seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';

const fullFaults = 500;
const faultMs = [100, 5_000] as const;
const lanes = 8;
const nodes = 3;
const rooms = 6;
const members = 36;
const perSecond = 300;
const kept = 10_000;
const maxZombieMs = 1_000;

/** The network of single members breaks, and some are back before the server has noticed. */
export const netScenario = clusterScenario({
  name: 'net',
  summary: '500 faults of members’ networks: half-open, reset, latency, one-byte chunks, throttled',
  smokeScale: 0.04,
  seeds: 5,

  async run(peer, { seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    await using redis = await startRedis();
    await using cluster = await startCluster({
      ...{ peer, nodes, rooms, kept, members, memberProcesses: 1, redisUrl: () => redis.url },
    });
    const [group] = cluster.memberProcesses;
    const publishing = startPublishing(cluster, perSecond);
    const faults = scaled(fullFaults, scale);
    let begun = 0;
    const lane = async (own: SeededRandom) => {
      while (begun < faults && !signal.aborted) {
        begun += 1;
        progress(begun, faults);
        const member = own.integer(0, members - 1);
        await group?.calls.suffer({
          member,
          fault: drawFault(own),
          forMs: drawMs(own, ...faultMs),
        });
      }
    };
    await Promise.all(Array.from({ length: lanes }, () => lane(random.fork())));
    const published = await publishing.stop();
    const { records: _, ...conclusion } = await concludeRun(cluster, peer, published);
    const spans = await Promise.all(cluster.nodes.map(({ calls }) => calls.sessions()));
    const zombies = zombieAges(spans.flat(), performance.timeOrigin + performance.now());
    const longestZombieMs = Math.round(Math.max(0, ...zombies));
    const isHaunted = peer.isOurs && longestZombieMs > maxZombieMs;
    const haunted = isHaunted ? [{ message: `a zombie lived for ${longestZombieMs} ms` }] : [];
    return {
      passed: conclusion.passed,
      failures: [...conclusion.failures, ...haunted],
      figures: { ...conclusion.figures, faults, zombies: zombies.length, longestZombieMs },
    };
  },
});

function drawFault(random: SeededRandom): Fault {
  const faults: readonly Fault[] = [
    halfOpen({ side: 'client' }),
    halfOpen({ side: 'server' }),
    reset(),
    latency({ delayMs: random.integer(0, 500) }),
    chunks({ bytes: 1 }),
    bandwidth({ bytesPerSecond: random.integer(2_000, 20_000) }),
  ];
  return faults[random.integer(0, faults.length - 1)] ?? reset();
}
