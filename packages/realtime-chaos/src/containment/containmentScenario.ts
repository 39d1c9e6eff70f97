import { setTimeout } from 'node:timers/promises';
import { startProcess } from '@roomcast/realtime-processes';
import { type SeededRandom, seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { Scenario, ScenarioFailure } from '../scenario.ts';
import { type CallbackCase, callbackCases } from './callbackCases.ts';
import type { ContainedServerPart } from './containedServer.ts';
import { judgeCell } from './judgeCell.ts';
import { type Misbehaviour, misbehaviours, timeoutMs } from './misbehaviour.ts';
import { performCell } from './performCell.ts';

const fullRounds = 20;
const atOnce = 16;

interface Cell {
  readonly one: CallbackCase;
  readonly misbehaviour: Misbehaviour;
}

const cells: readonly Cell[] = callbackCases.flatMap((one) =>
  Object.keys(misbehaviours).map((name) => ({ one, misbehaviour: name as Misbehaviour })),
);

/** Every callback of an application goes wrong in every way. */
export const containmentScenario: Scenario = {
  name: 'containment',
  summary: `${callbackCases.length} places where a server calls its application, each going wrong in ${Object.keys(misbehaviours).length} ways, 20 times: only the caller notices, and learns a code`,
  smokeScale: 0.05,

  async run({ seed, scale, signal, progress }) {
    await using server = await startProcess<ContainedServerPart>(
      new URL('containedServer.ts', import.meta.url),
    );
    const failures: ScenarioFailure[] = [];
    let [passed, longestMs] = [0, 0];
    const all = Array.from({ length: scaled(fullRounds, scale) }, () => cells).flat();
    // In another order others are on the way at the same time.
    const left = shuffled(all, seededRandom(seed)).values();
    const lane = async () => {
      for (const { one, misbehaviour } of left) {
        if (signal.aborted) return;
        const record = await performCell(server.calls, one, misbehaviour);
        const expected = one.outcomes[misbehaviour];
        const problems = judgeCell(record, expected);
        const subject = `${one.title}, which ${misbehaviour}`;
        failures.push(...problems.map((problem) => ({ message: `${subject}: ${problem}` })));
        passed += problems.length === 0 ? 1 : 0;
        if (expected !== 'waits') longestMs = Math.max(longestMs, record.tookMs);
        progress(passed, all.length);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    // In which whatever rejects too late has done so.
    await setTimeout(timeoutMs * 3);
    const uncaught = await server.calls.uncaught();
    failures.push(...uncaught.map((error) => ({ message: `nobody has caught ${error}` })));
    return {
      ...{ passed, failures },
      figures: {
        ...{ places: callbackCases.length, cells: all.length, uncaught: uncaught.length },
        longestAnswerMs: Math.round(longestMs),
      },
    };
  },
};

function shuffled<Item>(items: readonly Item[], random: SeededRandom): readonly Item[] {
  const placed = items.map((item) => ({ item, place: random.integer(0, 2 ** 31 - 1) }));
  return placed.sort((one, other) => one.place - other.place).map(({ item }) => item);
}
