import fc from 'fast-check';
import { halls, type Schedule, type Step } from './schedule.ts';

const hall = fc.constantFrom(...halls);
const event = fc.constantFrom('sold' as const, 'moved' as const, 'said' as const);

/** Around the turn, the frame, the interval of fetches and the second for which a room is kept. */
const waits = [0, 1, 5, 16, 40, 100, 249, 251, 400, 999, 1_001, 3_000];

function step(): fc.Arbitrary<Step> {
  const kind = <Kind extends Step['kind']>(value: Kind) => fc.constant(value);
  const id = fc.constantFrom('a', 'b');
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: kind('publish'), hall, event, id }) },
    {
      weight: 1,
      arbitrary: fc.record({
        ...{ kind: kind('burst'), hall, event, count: fc.constantFrom(5, 30) },
        everyMs: fc.constantFrom(0, 1, 20, 60),
      }),
    },
    { weight: 10, arbitrary: fc.record({ kind: kind('wait'), ms: fc.constantFrom(...waits) }) },
    { weight: 3, arbitrary: fc.record({ kind: kind('cut') }) },
    { weight: 4, arbitrary: fc.record({ kind: kind('return') }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('trim'), hall }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('lose'), hall }) },
    {
      weight: 5,
      arbitrary: fc.record({
        ...{ kind: kind('mount'), hall, isStrict: fc.boolean(), queriesFirst: fc.boolean() },
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: kind('unmount'), hall }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('visit'), hall }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('leave'), hall }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('refetch') }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('fail') }) },
  );
}

/** Any schedule, with fetches from quick to slower than the interval between them. */
export function arbitrarySchedule(): fc.Arbitrary<Schedule> {
  return fc.record({
    latencyMs: fc.constantFrom(0, 5, 80),
    fetchMs: fc.array(fc.constantFrom(1, 20, 50, 200, 300, 1_000), { minLength: 1, maxLength: 5 }),
    readAt: fc.constantFrom(0, 0.5, 1),
    staleTimeMs: fc.constantFrom(0, null),
    steps: fc.array(step(), { minLength: 3, maxLength: 24, size: 'max' }),
  });
}
