import { startProcess } from '@roomcast/realtime-processes';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { preciseNow } from '../clock/preciseNow.ts';
import { pause } from '../cluster/pause.ts';
import { seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { Scenario } from '../scenario.ts';
import type { HoldersPart } from './holdersPart.ts';
import type { HoldNodePart } from './holdNode.ts';
import { judgeHold } from './judgeHold.ts';

const fullConnections = 30_000;
const fullDurationMs = 600_000;
const nodeCount = 2;
const holderCount = 4;
const fullEveryMs = 5_000;
/** In a short run, too. */
const minAnnouncements = 4;
/** In which the last announcement is heard. */
const settleMs = 1_000;
const topics = 100;

/** Connections that stay, in three rooms each, while everybody is told something now and then. */
export const holdScenario: Scenario = {
  name: 'hold',
  summary: '30,000 authenticated connections in 3 rooms each, for 10 minutes, over two processes',
  smokeScale: 0.005,
  smokeSeeds: 1,

  async run({ seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    const connections = scaled(fullConnections, scale);
    const durationMs = scaled(fullDurationMs, scale);
    await using stack = new AsyncDisposableStack();
    const redis = stack.use(await startRedis());
    const start = async <P extends HoldNodePart | HoldersPart>(module: URL) =>
      stack.use(await startProcess<P>(module)).calls;
    const nodes = await Promise.all(
      Array.from({ length: nodeCount }, () =>
        start<HoldNodePart>(new URL('holdNode.ts', import.meta.url)),
      ),
    );
    const ports = await Promise.all(nodes.map((node) => node.open(redis.url)));
    const holders = await Promise.all(
      Array.from({ length: holderCount }, () =>
        start<HoldersPart>(new URL('holdersPart.ts', import.meta.url)),
      ),
    );

    const openedAtMs = preciseNow();
    const plans = Array.from({ length: connections }, (_, index) => ({
      port: ports[index % nodeCount] ?? 0,
      userId: `user-${index}`,
      // Of the addresses of loopback each has as many ports as the first one.
      localAddress: `127.0.0.${2 + (index % holderCount)}`,
      rooms: ['hall', `event-${random.integer(1, topics)}`, `team-${random.integer(1, topics)}`],
    }));
    await Promise.all(
      holders.map((holder, part) =>
        holder.open(plans.filter((_, index) => index % holderCount === part)),
      ),
    );
    const openingMs = Math.round(preciseNow() - openedAtMs);

    const everyMs = Math.min(fullEveryMs, durationMs / minAnnouncements);
    const startedAtMs = preciseNow();
    let announced = 0;
    for (;;) {
      const passedMs = preciseNow() - startedAtMs;
      if (passedMs >= durationMs || signal.aborted) break;
      progress(Math.round(passedMs), durationMs);
      announced += 1;
      await nodes[announced % nodeCount]?.announce(announced);
      await pause(startedAtMs + announced * everyMs - preciseNow(), signal);
    }
    await pause(settleMs, signal);

    const records = await Promise.all(holders.map((holder) => holder.record(announced)));
    const ended = (await Promise.all(nodes.map((node) => node.ended()))).reduce((a, b) => a + b, 0);
    const memory = await Promise.all(nodes.map((node) => node.memoryBytes()));
    const isFull = scale >= 1;
    const { passed, failures, figures } = judgeHold({
      ...{ connections, announced, records, ended, isFull },
    });
    await Promise.all(holders.map((holder) => holder.close()));
    progress(durationMs, durationMs);
    return {
      ...{ passed, failures },
      figures: {
        ...{ ...figures, openingMs, heldMs: durationMs },
        nodeMiB: Math.round(Math.max(...memory) / 2 ** 20),
      },
    };
  },
};
