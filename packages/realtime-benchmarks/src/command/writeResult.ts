import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import { writeScaling } from '../scaling/writeScaling.ts';
import { type BenchmarkRecord, formatResults } from './formatResults.ts';
import type { Provenance } from './provenance.ts';

/** Where results are kept. */
export interface ResultFiles {
  /** One file for each benchmark. */
  readonly directory: URL;
  /** The page that is made of them all. */
  readonly page: URL;
  /** The page that reasons on from some of them, whose numbers are written anew; null for none. */
  readonly scaling: URL | null;
}

/** Keeps a result as NAME.json, and writes what is made of all results anew. */
export async function writeResult(
  files: ResultFiles,
  { name, summary }: Pick<Benchmark, 'name' | 'summary'>,
  result: BenchmarkResult & Provenance,
): Promise<void> {
  const record: BenchmarkRecord = { bench: name, summary, ...result };
  const { directory } = files;
  await mkdir(directory, { recursive: true });
  await writeFile(new URL(`${name}.json`, directory), `${JSON.stringify(record, null, 2)}\n`);
  await writePages(files);
}

/** Writes what is made of all results anew. */
export async function writePages({ directory, page, scaling }: ResultFiles): Promise<void> {
  const records = await readRecords(directory);
  await writeFile(page, formatResults(records));
  if (scaling) await writeScaling(scaling, records);
}

/** All results that were kept. */
export async function readRecords(directory: URL): Promise<readonly BenchmarkRecord[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).toSorted();
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(new URL(name, directory), 'utf8'))),
  );
}
