import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { BrokerTwins } from './fakes/brokerTwins.ts';
import { twinBounds } from './fakes/twinBounds.ts';
import { twinSteps } from './fakes/twinSteps.ts';
import { type RunningRedis, startRedis } from './testing/startRedis.ts';

let redis: RunningRedis;
let trials = 0;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(() => redis[Symbol.asyncDispose]());

/** fast-check prints the seed of a run that fails. */
async function compare(options: {
  readonly numRuns: number;
  readonly seed?: number;
}): Promise<void> {
  await fc.assert(
    fc.asyncProperty(twinBounds, twinSteps, async (bounds, steps) => {
      trials += 1;
      await using twins = new BrokerTwins(bounds, redis.url, `trial-${trials}`);
      for (const step of steps) await twins.take(step);
      await twins.finish();
    }),
    { interruptAfterTimeLimit: 6_000, markInterruptAsFailure: false, ...options },
  );
}

describe('the log in Redis says what the log in memory says, whatever happens', () => {
  test('in the same 100 histories as ever', () => compare({ numRuns: 100, seed: 8 }), 30_000);

  test('in others each time', () => compare({ numRuns: 100 }), 30_000);
});
