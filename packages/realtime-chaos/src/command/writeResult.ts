import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Scenario, ScenarioResult } from '../scenario.ts';
import type { Run } from './chaosArguments.ts';
import { type ChaosRecord, formatReliability } from './formatReliability.ts';

/** Where results are kept. */
export interface ResultFiles {
  /** One file for each scenario and each peer. */
  readonly directory: URL;
  /** The page that is made of them all. */
  readonly page: URL;
}

/** A run that came to its end. */
export interface FinishedRun {
  readonly run: Run;
  readonly result: ScenarioResult;
}

/** Keeps the results of a command, and writes the page of all results anew. */
export async function writeResult(
  { directory, page }: ResultFiles,
  { name, summary }: Pick<Scenario, 'name' | 'summary'>,
  runs: readonly FinishedRun[],
): Promise<void> {
  const [{ run: first } = { run: { peer: null, scale: 1 } }] = runs;
  const record: ChaosRecord = {
    ...{ scenario: name, summary, peer: first.peer, scale: first.scale },
    runs: runs.map(({ run: { seed }, result: { passed, failures, figures } }) => ({
      ...{ seed, passed, failed: failures.length, figures },
    })),
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    cpus: availableParallelism(),
  };
  const file = first.peer === null ? name : `${name}.${first.peer}`;
  await mkdir(directory, { recursive: true });
  await writeFile(new URL(`${file}.json`, directory), `${JSON.stringify(record, null, 2)}\n`);
  await writeFile(page, formatReliability(await readRecords(directory)));
}

async function readRecords(directory: URL): Promise<readonly ChaosRecord[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).toSorted();
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(new URL(name, directory), 'utf8'))),
  );
}
