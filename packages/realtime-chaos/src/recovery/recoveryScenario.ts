import fc, { type RunDetails } from 'fast-check';
import { scaled } from '../scaled.ts';
import type { Scenario, ScenarioContext, ScenarioFailure } from '../scenario.ts';
import { arbitraryHistory } from './arbitraryHistory.ts';
import type { History } from './history.ts';
import { runHistory } from './runHistory.ts';

const fullHistories = 5_000;

/** Histories that run side by side; fixed, since a seed must mean the same on every machine. */
const laneCount = 8;

/** Random histories of one room, each with a server, a client and a model that knows the answers. */
export const recoveryScenario: Scenario = {
  name: 'recovery',
  summary:
    '5,000 random histories of cuts, trimming and lost logs: resumed or a gap, as the model says',
  smokeScale: 0.05,

  async run(context) {
    const lanes = planLanes(context);
    const total = lanes.reduce((sum, { histories }) => sum + histories, 0);
    let done = 0;
    const tally = new Map<string, number>();
    const onDone = (told: ReadonlyMap<string, number>) => {
      done += 1;
      context.progress(done, total);
      for (const [name, count] of told) tally.set(name, (tally.get(name) ?? 0) + count);
    };
    const details = await Promise.all(lanes.map((lane) => runLane(lane, context.signal, onDone)));
    const failures = details.flatMap((lane, index) => toFailure(lane, lanes[index]?.number ?? 0));
    return { passed: done, failures, figures: Object.fromEntries([...tally].toSorted()) };
  },
};

/** A history that hangs takes seconds; whoever waits for the smallest one wants to know some time. */
const maxShrinkMs = 30_000;

interface Lane {
  readonly number: number;
  readonly seed: number;
  readonly histories: number;
  readonly path?: string;
}

function planLanes({ seed, scale, path }: ScenarioContext): readonly Lane[] {
  const histories = scaled(fullHistories / laneCount, scale);
  const lane = (number: number): Lane => ({ number, seed: seed * laneCount + number, histories });
  if (path === null) return Array.from({ length: laneCount }, (_, number) => lane(number));
  const [number = '', ...rest] = path.split('/');
  return [{ ...lane(Number(number)), histories: 1, path: rest.join('/') }];
}

function runLane(
  { seed, histories, path }: Lane,
  signal: AbortSignal,
  onDone: (told: ReadonlyMap<string, number>) => void,
) {
  let firstFailedAtMs = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(arbitraryHistory(), async (history) => {
    const isOver = performance.now() - firstFailedAtMs > maxShrinkMs;
    if (signal.aborted || isOver) return;
    try {
      const told = await runHistory(history);
      if (firstFailedAtMs === Number.POSITIVE_INFINITY) onDone(told);
    } catch (error) {
      firstFailedAtMs = Math.min(firstFailedAtMs, performance.now());
      throw error;
    }
  });
  return fc.check(property, { seed, numRuns: histories, ...(path && { path }) });
}

function toFailure(details: RunDetails<[History]>, lane: number): readonly ScenarioFailure[] {
  if (!details.failed) return [];
  const { counterexample, counterexamplePath, errorInstance, numShrinks } = details;
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const history = JSON.stringify(counterexample?.[0], null, 2);
  return [
    {
      message: `after ${numShrinks} steps of shrinking:\n${history}\n${reason}`,
      path: `${lane}/${counterexamplePath}`,
    },
  ];
}
