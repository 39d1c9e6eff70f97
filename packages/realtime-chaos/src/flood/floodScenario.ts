import { setTimeout } from 'node:timers/promises';
import { startProcess } from '@roomcast/realtime-processes';
import { seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { Scenario, ScenarioFailure } from '../scenario.ts';
import type { AttackerPart } from './attackerPart.ts';
import { type FloodKind, floods } from './floodContract.ts';
import type { FloodedPart } from './floodedPart.ts';
import { judgeFlood } from './judgeFlood.ts';
import { openWitness } from './witness.ts';

const fullWitnesses = 20;
const fullFloodMs = 6_000;

/** Somebody sends as fast as it can; the others go on as if nothing were. */
export const floodScenario: Scenario = {
  name: 'flood',
  summary:
    'one client floods a server in five ways: it is cut within 1 s, the others notice nothing',
  smokeScale: 0.02,

  async run({ seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    const failures: ScenarioFailure[] = [];
    const figures: Record<string, number> = {};
    const kinds = shuffled(Object.keys(floods) as FloodKind[], random.integer);
    await using stack = new AsyncDisposableStack();
    const [server, attacker] = await Promise.all([
      startProcess<FloodedPart>(new URL('floodedPart.ts', import.meta.url)),
      startProcess<AttackerPart>(new URL('attackerPart.ts', import.meta.url)),
    ]);
    stack.use(server);
    stack.use(attacker);
    const port = await server.calls.listen();
    let passed = 0;
    for (const [index, kind] of kinds.entries()) {
      if (signal.aborted) break;
      const witnesses = await openWitnesses(port, scaled(fullWitnesses, scale) + 1);
      const startedAtMs = performance.now();
      // What an address has done is remembered for a while.
      const order = { port, kind, address: `198.51.100.${index + 1}` };
      const durationMs = scaled(fullFloodMs, scale);
      const report = await attacker.calls.flood({ ...order, durationMs });
      // What was asked last is answered, too.
      await setTimeout(100);
      for (const witness of witnesses) witness.end();
      const isFull = scale >= 1;
      const result = judgeFlood({ kind, startedAtMs, report, witnesses, isFull });
      failures.push(...result.failures);
      Object.assign(figures, result.figures);
      if (result.failures.length === 0) passed += 1;
      progress(index + 1, kinds.length);
    }
    return { passed, failures, figures };
  },
};

function openWitnesses(port: number, count: number) {
  return Promise.all(Array.from({ length: count }, (_, index) => openWitness(port, index + 1)));
}

function shuffled<Value>(
  values: readonly Value[],
  integer: (min: number, max: number) => number,
): Value[] {
  return values
    .map((value) => ({ value, place: integer(0, 2 ** 31 - 1) }))
    .toSorted((one, two) => one.place - two.place)
    .map(({ value }) => value);
}
