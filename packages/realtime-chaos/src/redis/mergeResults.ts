import type { ScenarioResult } from '../scenario.ts';

/** Several runs as one: counts added up, of times the longest, and failures with the name of theirs. */
export function mergeResults(
  results: readonly (readonly [name: string, result: ScenarioResult | undefined])[],
): ScenarioResult {
  const figures: Record<string, number> = {};
  let passed = 0;
  for (const [, result] of results) {
    passed += result?.passed ?? 0;
    for (const [name, value] of Object.entries(result?.figures ?? {})) {
      const before = figures[name] ?? 0;
      figures[name] = name.endsWith('Ms') ? Math.max(before, value) : before + value;
    }
  }
  const failures = results.flatMap(([name, result]) =>
    (result?.failures ?? []).map(({ message }) => ({ message: `${name}: ${message}` })),
  );
  return { passed, failures, figures };
}
