import type { ScenarioFailure } from '../scenario.ts';
import { performCase } from './performCase.ts';
import type { WireCase } from './wireCase.ts';

const atOnce = 8;

/** Tries each case on a connection of its own. @returns those that were met otherwise */
export async function tryCases(
  port: number,
  cases: readonly WireCase[],
): Promise<readonly ScenarioFailure[]> {
  const failures: ScenarioFailure[] = [];
  const left = cases.values();
  const lane = async () => {
    for (const one of left) {
      const outcome = await performCase(port, one).catch((error: unknown) => String(error));
      if (outcome !== one.reaction) {
        failures.push({
          message: `${one.door}, ${one.name}: ${one.reaction} is written down, and it was ${outcome}`,
        });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return failures;
}
