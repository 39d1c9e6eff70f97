import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '@roomcast/realtime-processes';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { pause } from '../cluster/pause.ts';
import { type RestartingNodes, startRestartingNodes } from '../cluster/startRestartingNodes.ts';
import { type SeededRandom, seededRandom } from '../random/seededRandom.ts';
import { mergeResults } from '../redis/mergeResults.ts';
import { scaled } from '../scaled.ts';
import type { Scenario, ScenarioResult } from '../scenario.ts';
import type { CallersPart } from './callersPart.ts';
import type { CommandNodePart } from './commandNode.ts';
import { Effects } from './effects.ts';
import { judgeCalls } from './judgeCalls.ts';

const fullActions = 50_000;
const fullCuts = 50;
const fullKills = 5;
const callers = 40;
const atOnce = 5;

/** Actions whose answers get lost, amid cuts and killed nodes, have one effect and one answer each. */
export const commandsScenario: Scenario = {
  name: 'commands',
  summary: '50,000 actions, 10% of acks dropped, 5% late, 50 cuts, with 5 kills and without',
  smokeScale: 0.01,
  seeds: 5,

  async run({ seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    const count = scaled(fullActions, scale);
    const cuts = scaled(fullCuts, scale);
    const kills = scaled(fullKills, scale);
    const all = [
      { mode: 'without kills and transactions', kills: 0, isTransactional: false },
      { mode: 'with kills and transactions', kills, isTransactional: true },
    ];
    // A smoke run has one of them, which its seed picks.
    const chosen = scale < 1 ? all.filter((_, index) => index === seed % all.length) : all;
    const results: [string, ScenarioResult][] = [];
    for (const { mode, ...faults } of chosen) {
      const before = results.length * count;
      const result = await runCommands({
        ...{ ...faults, count, cuts, random, signal },
        progress: (done) => progress(before + done, chosen.length * count),
      });
      results.push([mode, result]);
    }
    return mergeResults(results);
  },
};

interface CommandsOptions {
  readonly count: number;
  readonly cuts: number;
  readonly kills: number;
  readonly isTransactional: boolean;
  readonly random: SeededRandom;
  readonly signal: AbortSignal;
  progress(done: number): void;
}

async function runCommands(options: CommandsOptions): Promise<ScenarioResult> {
  const { count, cuts, kills, isTransactional, random } = options;
  await using redis = await startRedis();
  await using folder = await openFolder();
  const databasePath = join(folder.path, 'effects.db');
  // The tables are there before the nodes meet.
  using effects = new Effects(databasePath);
  await using group = await startProcess<CallersPart>(new URL('callersPart.ts', import.meta.url));
  const lots = random.fork();
  await using nodes = await startRestartingNodes<CommandNodePart>({
    module: new URL('commandNode.ts', import.meta.url),
    random: lots,
    open: (calls, node) =>
      calls.open({ redisUrl: redis.url, databasePath, isTransactional, ...node }),
    onPorts: (ports) => group.calls.route(ports),
  });
  await group.calls.open(callers);
  let isDone = false;
  const calling = group.calls.call({ count, atOnce }).finally(() => {
    isDone = true;
  });
  calling.catch(() => {});
  await breakThings({ ...options, isDone: () => isDone, calls: group.calls, nodes });
  const record = await calling;
  const runs = effects.runs();
  const { passed, failures } = judgeCalls({ count, record, effects: effects.all(), runs });
  const begunAgain = runs.reduce((sum, one) => sum + one.retries, 0);
  const retries = Object.entries(record.retries).map(([code, times]) => [`again: ${code}`, times]);
  return {
    ...{ passed, failures: [...nodes.ends, ...failures] },
    figures: {
      ...{
        actions: count,
        cuts,
        kills,
        begunAgain,
        longestCallMs: Math.round(record.longestCallMs),
      },
      ...Object.fromEntries(retries),
    },
  };
}

/** Each fault when its part of the actions has been done. */
async function breakThings({
  count,
  cuts,
  kills,
  random,
  signal,
  progress,
  isDone,
  calls,
  nodes,
}: CommandsOptions & {
  readonly calls: { done(): Promise<number>; cut(caller: number): Promise<void> };
  readonly nodes: RestartingNodes<CommandNodePart>;
  isDone(): boolean;
}): Promise<void> {
  let [cut, killed] = [0, 0];
  while (!isDone() && !signal.aborted) {
    const done = await calls.done();
    progress(done);
    const part = done / count;
    if (cut < part * cuts) {
      cut += 1;
      await calls.cut(random.integer(0, callers - 1));
    } else if (killed < part * kills) {
      killed += 1;
      await nodes.killAndRestart(random.integer(0, nodes.count - 1));
    } else {
      await pause(20, signal);
    }
  }
}

async function openFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'roomcast-effects-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
