import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { ScenarioResult } from '../scenario.ts';
import type { Run } from './chaosArguments.ts';

/** Keeps the result of a run as NAME.json, with what is needed to read it: when, and on what. */
export async function writeResult(
  directory: URL,
  name: string,
  { seed, scale }: Run,
  { passed, failures, figures }: ScenarioResult,
): Promise<void> {
  const record = {
    ...{ scenario: name, seed, scale, passed, failed: failures.length, figures },
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    cpus: availableParallelism(),
  };
  await mkdir(directory, { recursive: true });
  await writeFile(new URL(`${name}.json`, directory), `${JSON.stringify(record, null, 2)}\n`);
}
