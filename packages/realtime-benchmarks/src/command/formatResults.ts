import type { BenchmarkResult } from '../benchmark.ts';
import { formatTable } from './formatTable.ts';

/** A result as it is kept, with what is needed to read it: when, and on what. */
export interface BenchmarkRecord extends BenchmarkResult {
  readonly bench: string;
  readonly summary: string;
  /** Such as `2026-05-04`. */
  readonly date: string;
  readonly node: string;
  readonly cpus: number;
}

/** The page of all results. */
export function formatResults(records: readonly BenchmarkRecord[]): string {
  const overview = formatTable([
    ['benchmark', 'peer', 'ratio', 'target', 'all targets met', 'date', 'Node', 'CPUs'],
    ...records.flatMap(toRows),
  ]);
  const details = records.map(
    ({ bench, summary, table }) => `## ${bench}\n\n${summary}\n\n${formatTable(table)}\n`,
  );
  return `# Benchmarks

Written by \`pnpm bench NAME --write\`. A ratio is ours to the peer's, in the same run on the same machine; single figures drift from machine to machine.

${overview}

${details.join('\n')}`;
}

function toRows(record: BenchmarkRecord): readonly (readonly string[])[] {
  const { bench, ratios, targets, passed, date, node, cpus } = record;
  return Object.entries(ratios).map(([peer, ratio]) => [
    ...[bench, peer, ratio?.toFixed(2) ?? 'not measured', String(targets[peer] ?? '')],
    ...[passed ? 'yes' : 'no', date, node, String(cpus)],
  ]);
}
