import { startRedis } from '@roomcast/realtime-redis/testing';
import {
  bandwidth,
  blackHole,
  chunks,
  type Fault,
  halfOpen,
  latency,
  reset,
  startFaultProxy,
} from '@roomcast/realtime-testing';
import { concludeRun } from '../cluster/concludeRun.ts';
import { drawMs, pause } from '../cluster/pause.ts';
import { roomcast } from '../cluster/peers.ts';
import { startCluster } from '../cluster/startCluster.ts';
import { startPublishing } from '../cluster/startPublishing.ts';
import { type SeededRandom, seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { Scenario } from '../scenario.ts';

const fullFaults = 100;
const lanes = 2;
const nodes = 3;
const rooms = 5;
const members = 30;
const perSecond = 300;
const kept = 10_000;
const faultMs = [50, 5_000] as const;

/** The network between the nodes, the publisher and Redis breaks; Redis itself loses nothing. */
export const redisLinkScenario: Scenario = {
  name: 'redis-link',
  summary: '100 faults between nodes, publisher and Redis: cuts, black holes, half-open, slow',
  smokeScale: 0.06,
  seeds: 5,

  async run({ seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    await using redis = await startRedis();
    await using stack = new AsyncDisposableStack();
    const links = await Promise.all(
      Array.from({ length: nodes + 1 }, async () => stack.use(await startFaultProxy(redis.port))),
    );
    const linkOf = (part: number) => links[part % links.length] ?? links[0];
    await using cluster = await startCluster({
      ...{ peer: roomcast, nodes, rooms, kept, members, memberProcesses: 1 },
      redisUrl: (part) => `redis://127.0.0.1:${linkOf(part)?.port}`,
    });
    const publishing = startPublishing(cluster, perSecond);
    const faults = scaled(fullFaults, scale);
    let begun = 0;
    const lane = async (own: SeededRandom) => {
      while (begun < faults && !signal.aborted) {
        begun += 1;
        progress(begun, faults);
        await pause(own.integer(0, 300), signal);
        const forMs = drawMs(own, ...faultMs);
        const schedule = [{ atMs: 0, forMs, fault: drawFault(own) }];
        await linkOf(own.integer(0, nodes))
          ?.run(schedule, { signal })
          .catch(() => {});
      }
    };
    await Promise.all(Array.from({ length: lanes }, () => lane(random.fork())));
    const published = await publishing.stop();
    const { records: _, ...conclusion } = await concludeRun(cluster, roomcast, published);
    const { signals = 0 } = conclusion.figures;
    const needless = signals > 0 ? [{ message: `${signals} gaps, though Redis has it all` }] : [];
    return {
      passed: conclusion.passed,
      failures: [...conclusion.failures, ...needless],
      figures: { ...conclusion.figures, faults },
    };
  },
};

function drawFault(random: SeededRandom): Fault {
  const faults: readonly Fault[] = [
    reset(),
    blackHole(),
    blackHole({ direction: 'toClient' }),
    blackHole({ direction: 'toServer' }),
    halfOpen({ side: 'client' }),
    halfOpen({ side: 'server' }),
    latency({ delayMs: random.integer(0, 500) }),
    bandwidth({ bytesPerSecond: random.integer(2_000, 50_000) }),
    chunks({ bytes: 1 }),
  ];
  return faults[random.integer(0, faults.length - 1)] ?? reset();
}
