import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import { type BenchmarkRecord, formatResults } from './formatResults.ts';
import type { Provenance } from './provenance.ts';

/** Where results are kept. */
export interface ResultFiles {
  /** One file for each benchmark. */
  readonly directory: URL;
  /** The page that is made of them all. */
  readonly page: URL;
}

/** Keeps a result as NAME.json, and writes the page of all results anew. */
export async function writeResult(
  { directory, page }: ResultFiles,
  { name, summary }: Pick<Benchmark, 'name' | 'summary'>,
  result: BenchmarkResult & Provenance,
): Promise<void> {
  const record: BenchmarkRecord = { bench: name, summary, ...result };
  await mkdir(directory, { recursive: true });
  await writeFile(new URL(`${name}.json`, directory), `${JSON.stringify(record, null, 2)}\n`);
  await writeFile(page, formatResults(await readRecords(directory)));
}

async function readRecords(directory: URL): Promise<readonly BenchmarkRecord[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).toSorted();
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(new URL(name, directory), 'utf8'))),
  );
}
