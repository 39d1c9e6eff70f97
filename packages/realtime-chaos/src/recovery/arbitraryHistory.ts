import fc from 'fast-check';
import type { History, Step } from './history.ts';

/** Around the ages that are kept, and around the second for which a page of the log is kept. */
const waits = [1, 400, 999, 1_000, 1_001, 5_000, 60_000];

/** Rare, and more than one page of a replay. */
const manyPublications = 320;

/** More bytes than any history publishes. */
const ample = 1_048_576;

const seat: fc.Arbitrary<string> = fc.constantFrom('A', 'B', '');

function step(): fc.Arbitrary<Step> {
  const kind = <Kind extends Step['kind']>(value: Kind) => fc.constant(value);
  const publish = (count: fc.Arbitrary<number>) =>
    fc.record({
      ...{ kind: kind('publish'), event: fc.constantFrom('sold' as const, 'note' as const), count },
      padding: fc.constantFrom(0, 20, 200),
    });
  return fc.oneof(
    { weight: 8, arbitrary: publish(fc.integer({ min: 1, max: 6 })) },
    { weight: 1, arbitrary: publish(fc.constant(manyPublications)) },
    { weight: 3, arbitrary: fc.record({ kind: kind('price'), seat }) },
    { weight: 2, arbitrary: fc.record({ kind: kind('remove'), seat }) },
    { weight: 2, arbitrary: fc.record({ kind: kind('blink') }) },
    { weight: 2, arbitrary: fc.record({ kind: kind('sell') }) },
    { weight: 4, arbitrary: fc.record({ kind: kind('settle') }) },
    { weight: 6, arbitrary: fc.record({ kind: kind('cut'), isSilent: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: kind('leave') }) },
    {
      weight: 7,
      arbitrary: fc.record({ kind: kind('return'), published: fc.constantFrom(0, 0, 1, 4) }),
    },
    { weight: 3, arbitrary: fc.record({ kind: kind('wait'), ms: fc.constantFrom(...waits) }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('crowd') }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('restart'), keepsLog: fc.boolean() }) },
  );
}

/** Any history, with bounds in which it is likely to lose something. */
export function arbitraryHistory(): fc.Arbitrary<History> {
  return fc.record({
    bounds: fc.record({
      maxPublications: fc.constantFrom(0, 1, 4, 12, 500, 500, 500, 500),
      maxBytes: fc.constantFrom(300, 1_000, ample, ample, ample),
      maxAgeMs: fc.constantFrom(500, 500, 5_000, 120_000),
    }),
    maxReplay: fc.option(fc.integer({ min: 0, max: 4 }), { freq: 5 }),
    steps: fc.array(step(), { minLength: 3, maxLength: 24, size: 'max' }),
  });
}
