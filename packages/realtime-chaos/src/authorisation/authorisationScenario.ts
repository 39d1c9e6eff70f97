import { seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { Scenario, ScenarioFailure } from '../scenario.ts';
import { Company } from './company.ts';
import { startGuardedServer } from './guardedServer.ts';
import { Operations } from './operations.ts';

const fullOperations = 10_000;

/** People do what they may and what they may not, against an oracle that knows both. */
export const authorisationScenario: Scenario = {
  name: 'authorisation',
  summary:
    '10,000 operations of 50 users in 200 rooms against an oracle: nobody gets what is not for it',
  smokeScale: 0.05,

  async run({ seed, scale, signal, progress }) {
    const company = new Company();
    await using server = await startGuardedServer(company);
    const operations = new Operations({ company, server, random: seededRandom(seed) });
    const total = scaled(fullOperations, scale);
    const failures: ScenarioFailure[] = [];
    let passed = 0;
    try {
      await operations.start();
      for (; passed < total && !signal.aborted; passed += 1) {
        await operations.next();
        progress(passed + 1, total);
      }
      await operations.settle();
    } catch (error) {
      // Whatever follows would be judged by what is not so any more.
      failures.push({ message: `operation ${passed}: ${messageOf(error)}` });
    }
    const { people, refused } = operations;
    await Promise.all(people.map((one) => one.cut()));
    const sum = (count: (one: (typeof people)[number]) => number) =>
      people.reduce((all, one) => all + count(one), 0);
    const figures = {
      ...{ operations: passed, refused },
      delivered: sum(({ delivered }) => delivered),
      foreign: sum(({ foreign }) => foreign.length),
    };
    return { passed, failures, figures };
  },
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
