import { type RunningRedis, startRedis } from '@roomcast/realtime-redis/testing';
import { clusterScenario } from '../cluster/clusterScenario.ts';
import { concludeRun } from '../cluster/concludeRun.ts';
import { drawMs, pause } from '../cluster/pause.ts';
import type { Peer } from '../cluster/peers.ts';
import { startCluster } from '../cluster/startCluster.ts';
import { startPublishing } from '../cluster/startPublishing.ts';
import { type SeededRandom, seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { ScenarioResult } from '../scenario.ts';
import { mergeResults } from './mergeResults.ts';
import { RedisConsole } from './redisConsole.ts';

const fullOutages = 20;
const clientKillsEach = 5;
const fullOutageMs = [200, 10_000] as const;
/** In a small run: some are still longer than a publication waits for Redis. */
const smokeOutageMs = [200, 6_000] as const;
const nodes = 2;
const rooms = 4;
const members = 16;
const perSecond = 200;
const kept = 5_000;

/** What a Redis that was killed brings back. */
const persistences = {
  none: ['--save', ''],
  snapshot: ['--save', ''],
  'every second': ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''],
} as const;

type Persistence = keyof typeof persistences;

/** Redis is killed, halted and cuts connections, and brings back all, some or none of its data. */
export const redisScenario = clusterScenario({
  name: 'redis',
  summary: '20 times kill -9 or SIGSTOP of Redis and 100 CLIENT KILL, in three persistence modes',
  smokeScale: 0.1,
  seeds: 5,

  async run(peer, { seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    const all = Object.keys(persistences) as Persistence[];
    // A small run takes one of them, by its seed.
    const modes = scale < 1 ? all.filter((_, index) => index === seed % all.length) : all;
    const outages = scaled(fullOutages, scale);
    const counts = modes.map(() => 0);
    const results = await Promise.all(
      modes.map((mode, index) =>
        runWith(peer, mode, {
          ...{ random: random.fork(), outages, signal },
          outageMs: scale < 1 ? smokeOutageMs : fullOutageMs,
          onOutage(done) {
            counts[index] = done;
            progress(Math.min(...counts), outages);
          },
        }),
      ),
    );
    return mergeResults(modes.map((mode, index) => [mode, results[index]]));
  },
});

interface ModeOptions {
  readonly random: SeededRandom;
  readonly outages: number;
  readonly outageMs: readonly [shortest: number, longest: number];
  readonly signal: AbortSignal;
  onOutage(done: number): void;
}

async function runWith(
  peer: Peer,
  mode: Persistence,
  { random, outages, outageMs, signal, onOutage }: ModeOptions,
): Promise<ScenarioResult> {
  await using redis = await startRedis({ args: persistences[mode] });
  await using cluster = await startCluster({
    ...{ peer, nodes, rooms, kept, members, memberProcesses: 1, redisUrl: () => redis.url },
  });
  await using console = new RedisConsole(redis.url);
  const publishing = startPublishing(cluster, perSecond);
  for (let outage = 0; outage < outages && !signal.aborted; outage += 1) {
    for (let kill = 0; kill < clientKillsEach; kill += 1) {
      await pause(random.integer(50, 400), signal);
      await console.killClient(random);
    }
    if (mode === 'snapshot' && outage === Math.floor(outages / 2)) await console.snapshot();
    await pause(random.integer(50, 500), signal);
    await breakRedis(redis, drawMs(random, ...outageMs), random, signal);
    onOutage(outage + 1);
  }
  const published = await publishing.stop();
  const { records: _, ...conclusion } = await concludeRun(cluster, peer, published);
  return conclusion;
}

async function breakRedis(
  redis: RunningRedis,
  forMs: number,
  random: SeededRandom,
  signal: AbortSignal,
): Promise<void> {
  if (random.chance(0.5)) {
    redis.pause();
    await pause(forMs, signal);
    redis.resume();
  } else {
    await redis.kill();
    await pause(forMs, signal);
    await redis.start();
  }
}
