import type { ScenarioFailure } from '../scenario.ts';
import type { CallsRecord } from './callersPart.ts';
import type { Effect, Runs } from './effects.ts';

/** What the database has, and what the callers were told. */
export interface CallsEvidence {
  /** How many actions there were. */
  readonly count: number;
  readonly record: CallsRecord;
  readonly effects: readonly Effect[];
  readonly runs: readonly Runs[];
}

/** @returns how many actions had one effect and one answer, and what contradicts that */
export function judgeCalls({ count, record, effects, runs }: CallsEvidence): {
  readonly passed: number;
  readonly failures: readonly ScenarioFailure[];
} {
  const failures = record.problems.map((message) => ({ message }));
  const told = (message: string) => failures.push({ message });
  let passed = 0;
  for (const { key, receipt, effects: times } of effects) {
    const answer = record.receipts.get(key);
    if (times !== 1) told(`${key} had ${times} effects`);
    else if (answer === undefined) told(`${key} had an effect, and its caller no answer`);
    else if (answer !== receipt)
      told(`${key} was answered ${answer}, and its effect is ${receipt}`);
    else passed += 1;
  }
  const happened = new Set(effects.map(({ key }) => key));
  for (const key of record.receipts.keys()) {
    if (!happened.has(key)) told(`${key} was answered and has no effect`);
  }
  if (effects.length !== count) told(`${effects.length} of ${count} actions had an effect`);
  // None but retries where a node died after it had taken the call, and before it began.
  for (const { key, runs: times, retries } of runs) {
    if (times - retries > 1) told(`${key} was begun ${times} times, ${retries} as a retry`);
  }
  return { passed, failures };
}
