import { startProcess } from '@roomcast/realtime-processes';
import { type SeededRandom, seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../scenario.ts';
import { fuzz } from './fuzz.ts';
import type { FuzzedServerPart } from './fuzzedServer.ts';
import { type FuzzRecord, newFuzzRecord } from './fuzzRecord.ts';
import { judgeNeighbour, judgeServer } from './judgeWire.ts';
import type { NeighbourPart } from './neighbourPart.ts';
import { tryCases } from './tryCases.ts';
import { wireCases } from './wireCases.ts';

const fullFrames = 1_000_000;
/** As many as the full scale sends in nine minutes. */
const framesPerSecond = 2_000;
const fullWindows = 20;
const fullQuietMs = 2_000;

/** A server is sent everything that it ought not to be sent. */
export const wireScenario: Scenario = {
  name: 'wire',
  summary: `1,000,000 fuzzed frames and ${wireCases.length} named cases, over WebSocket and polling: no exit, no unvalidated input, and a neighbour that hardly notices`,
  smokeScale: 0.002,
  run: runWire,
};

async function runWire({
  seed,
  scale,
  signal,
  progress,
}: ScenarioContext): Promise<ScenarioResult> {
  await using server = await startProcess<FuzzedServerPart>(
    new URL('fuzzedServer.ts', import.meta.url),
  );
  await using neighbour = await startProcess<NeighbourPart>(
    new URL('neighbourPart.ts', import.meta.url),
  );
  const port = await server.calls.open(null);
  await neighbour.calls.open(port);
  const cases = await tryCases(port, wireCases);
  const fire = await underFire({
    ...{ port, random: seededRandom(seed), signal, progress },
    frames: scaled(fullFrames, scale),
    windows: Math.max(2, Math.min(fullWindows, Math.round(fullWindows * scale * 10))),
    quietMs: Math.max(200, fullQuietMs * Math.min(1, scale * 10)),
    measure: neighbour.calls.measure,
  });
  const report = await server.calls.report();
  const { failures, figures } = judgeNeighbour(fire, scale >= 1);
  const { frames, webSocketFrames, pollingFrames, connections, closed, answered } = fire.record;
  for (const [source, error] of Object.entries(report.reported)) {
    process.stderr.write(`${source}: ${error.split('\n', 1)[0]}\n`);
  }
  return {
    passed: wireCases.length - cases.length,
    failures: [...cases, ...judgeServer(report, fire.record), ...failures],
    figures: {
      ...{ cases: wireCases.length, frames, webSocketFrames, pollingFrames, connections },
      ...{ closed, answered, packetsRead: report.packets, handlerRuns: report.handlerRuns },
      ...{ uncaught: report.uncaught.length, unvalidated: report.unsound.length, ...figures },
    },
  };
}

interface FirePlan {
  readonly port: number;
  readonly random: SeededRandom;
  readonly frames: number;
  readonly windows: number;
  readonly quietMs: number;
  readonly signal: AbortSignal;
  readonly progress: ScenarioContext['progress'];
  measure(durationMs: number): Promise<readonly number[]>;
}

/** Quiet and fire by turns, so that what else the machine does meets both. */
async function underFire({
  port,
  random,
  frames,
  windows,
  quietMs,
  signal,
  progress,
  measure,
}: FirePlan) {
  const record = newFuzzRecord();
  const [quiet, underFire]: (readonly number[])[][] = [[], []];
  // The first questions compile code.
  await measure(quietMs / 2);
  for (let window = 0; window < windows && !signal.aborted; window += 1) {
    quiet?.push(await measure(quietMs));
    const share = Math.ceil(frames / windows);
    const plan = { port, random, frames: share, perSecond: framesPerSecond, signal };
    const [fired, times] = await Promise.all([
      fuzz(plan),
      measure((share * 1_000) / framesPerSecond),
    ]);
    underFire?.push(times);
    add(record, fired);
    progress(record.frames, frames);
  }
  return { record, quiet: quiet ?? [], underFire: underFire ?? [] };
}

function add(sum: FuzzRecord, one: FuzzRecord): void {
  for (const name of [
    'frames',
    'webSocketFrames',
    'pollingFrames',
    'connections',
    'closed',
    'answered',
  ] as const) {
    sum[name] += one[name];
  }
  sum.silent.push(...one.silent);
}
