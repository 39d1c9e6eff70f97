import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import { type BenchmarkRecord, formatResults } from './formatResults.ts';

/** Keeps a result as NAME.json, and writes the page of all results anew. */
export async function writeResult(
  directory: URL,
  { name, summary }: Pick<Benchmark, 'name' | 'summary'>,
  result: BenchmarkResult,
): Promise<void> {
  const record: BenchmarkRecord = {
    ...{ bench: name, summary, ...result },
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    cpus: availableParallelism(),
  };
  await mkdir(directory, { recursive: true });
  await writeFile(new URL(`${name}.json`, directory), `${JSON.stringify(record, null, 2)}\n`);
  await writeFile(new URL('README.md', directory), formatResults(await readRecords(directory)));
}

async function readRecords(directory: URL): Promise<readonly BenchmarkRecord[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).toSorted();
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(new URL(name, directory), 'utf8'))),
  );
}
