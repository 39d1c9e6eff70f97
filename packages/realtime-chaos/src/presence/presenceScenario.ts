import { startProcess } from '@roomcast/realtime-processes';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { preciseNow } from '../clock/preciseNow.ts';
import { pause } from '../cluster/pause.ts';
import { startRestartingNodes } from '../cluster/startRestartingNodes.ts';
import { seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { Scenario, ScenarioFailure } from '../scenario.ts';
import type { ClientsPart } from './clientsPart.ts';
import { CrowdOfClients } from './crowdOfClients.ts';
import { findFlaps } from './findFlaps.ts';
import { judgeGhosts } from './judgeGhosts.ts';
import { judgePresence } from './judgePresence.ts';
import { lobbies } from './presenceContract.ts';
import type { PresenceNodePart } from './presenceNode.ts';

const fullSteps = 1_000;
const fullKills = 20;
const stepMs = 100;
const observerNames = ['observer-1', 'observer-2', 'observer-3'];
/** The defaults, and what a short run has time for. */
const fullTimes = { graceMs: 5_000, leaseMs: 4_000 };
const smokeTimes = { graceMs: 3_000, leaseMs: 2_400 };
/** A client that is told of its cut sooner than its node is, and whose entry is on its way, is late. */
const marginMs = 1_000;
/** How long a leaving may be on its way to an observer. */
const lagMs = 3_000;
/** Until when everybody has to see what the model says. */
const maxQuietMs = 10_000;
const lookMs = 100;

/** Who is present is what a model says, whatever happens to clients and nodes. */
export const presenceScenario: Scenario = {
  name: 'presence',
  summary:
    '1,000 random joins, leaves, cuts and kills on 3 nodes against a model of who is present',
  smokeScale: 0.015,
  seeds: 5,

  async run({ seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    const times = scale >= 1 ? fullTimes : smokeTimes;
    const [steps, kills] = [scaled(fullSteps, scale), scaled(fullKills, scale)];
    await using stack = new AsyncDisposableStack();
    const redis = stack.use(await startRedis());
    const startClients = async () =>
      stack.use(await startProcess<ClientsPart>(new URL('clientsPart.ts', import.meta.url))).calls;
    const [members, observers] = await Promise.all([startClients(), startClients()]);
    const nodes = stack.use(
      await startRestartingNodes<PresenceNodePart>({
        module: new URL('presenceNode.ts', import.meta.url),
        random: random.fork(),
        open: (calls, { port }) => calls.open({ redisUrl: redis.url, port, ...times }),
        async onPorts(ports) {
          await Promise.all([members.route(ports), observers.route(ports)]);
        },
      }),
    );
    for (const name of observerNames) {
      await observers.open({ name, userId: name, isObserver: true });
    }
    await observers.whenConnected();
    const clients = new CrowdOfClients({
      ...{ members, observers, observerNames, signal, random: random.fork() },
      graceMs: times.graceMs,
    });
    await clients.open();

    const killsAtMs: number[] = [];
    let restarting: Promise<void> = Promise.resolve();
    for (let step = 0, killed = 0; step < steps && !signal.aborted; step += 1) {
      progress(step, steps);
      if (killed < ((step + 1) * kills) / steps && step >= ((killed + 0.5) * steps) / kills - 1) {
        killed += 1;
        await restarting;
        const node = random.integer(0, nodes.count - 1);
        // Who goes with a node can only be missed.
        await clients.vanish(async () => {
          killsAtMs.push(preciseNow());
          restarting = nodes.killAndRestart(node);
          restarting.catch(() => {});
        });
      }
      await clients.step();
      await pause(stepMs, signal);
    }
    await restarting;
    await clients.settle();

    const judge = async (isReentered: boolean) => {
      const views = await observers.views();
      const occupancy = await Promise.all(nodes.calls().map((calls) => calls.occupancy()));
      return lobbies.flatMap((lobby, index) =>
        judgePresence({
          ...{ lobby, isReentered, expected: clients.model.members(lobby) },
          views: views.filter((view) => view.lobby === lobby),
          occupancy: occupancy.map((counts) => counts[index] ?? 0),
        }),
      );
    };
    const atQuiet = await untilNone(() => judge(false));
    await clients.reenterCrowd();
    const reentered = await untilNone(() => judge(true));

    const leavings = await observers.leavings();
    const flaps = findFlaps({
      ...{ leavings, stays: clients.model.stays(), lagMs },
      outages: await members.outages(),
      toleratedMs: times.graceMs - marginMs,
    });
    const ghosts = judgeGhosts({
      ...{ departures: clients.departures, leavings, killsAtMs, graceMs: times.graceMs },
    });
    progress(steps, steps);
    return {
      passed: steps,
      failures: [
        ...nodes.ends,
        ...[...atQuiet.failures, ...reentered.failures, ...ghosts.failures],
        ...flaps.map(({ observer, name, lobby }) => ({
          message: `${observer} saw ${name} gone from lobby-${lobby}, where it still was`,
        })),
      ],
      figures: {
        ...{ steps, kills, ...clients.counts, leavingsSeen: leavings.length },
        ...{ flaps: flaps.length, longestGhostMs: ghosts.longestGhostMs },
        equalAfterMs: Math.max(atQuiet.tookMs, reentered.tookMs),
      },
    };
  },
};

/** Looks until nothing is wrong any more, or for as long as that may take. */
async function untilNone(look: () => Promise<readonly ScenarioFailure[]>): Promise<{
  readonly failures: readonly ScenarioFailure[];
  readonly tookMs: number;
}> {
  const startedAtMs = preciseNow();
  for (;;) {
    const failures = await look();
    const tookMs = Math.round(preciseNow() - startedAtMs);
    if (failures.length === 0 || tookMs > maxQuietMs) return { failures, tookMs };
    await pause(lookMs, new AbortController().signal);
  }
}
