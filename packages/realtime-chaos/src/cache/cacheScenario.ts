import fc from 'fast-check';
import { scaled } from '../scaled.ts';
import type { Scenario } from '../scenario.ts';
import { arbitrarySchedule } from './arbitrarySchedule.ts';
import { runSchedule } from './runSchedule.ts';

const fullSchedules = 10_000;

/** Random schedules of one page, on fake time, with a model of the server that knows the truth. */
export const cacheScenario: Scenario = {
  name: 'cache',
  summary:
    '10,000 random schedules of events, fetches, cuts, gaps and mounts: the cache equals the server',
  smokeScale: 0.02,

  async run({ seed, scale, path, signal, progress }) {
    const total = path === null ? scaled(fullSchedules, scale) : 1;
    const tally = new Map<string, number>();
    let done = 0;
    let hasFailed = false;
    const property = fc.asyncProperty(arbitrarySchedule(), async (schedule) => {
      if (signal.aborted) return;
      try {
        const counted = await runSchedule(schedule);
        if (hasFailed) return;
        done += 1;
        progress(done, total);
        for (const [name, count] of counted) tally.set(name, (tally.get(name) ?? 0) + count);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    });
    const details = await fc.check(property, { seed, numRuns: total, ...(path && { path }) });
    const { failed, errorInstance, numShrinks, counterexample, counterexamplePath } = details;
    const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    const smallest = JSON.stringify(counterexample?.[0], null, 2);
    const message = `after ${numShrinks} steps of shrinking:\n${smallest}\n${reason}`;
    return {
      passed: done,
      failures: failed ? [{ message, path: counterexamplePath ?? '' }] : [],
      figures: Object.fromEntries([...tally].toSorted()),
    };
  },
};
