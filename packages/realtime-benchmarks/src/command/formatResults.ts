import type { BenchmarkResult } from '../benchmark.ts';
import { formatTable } from './formatTable.ts';
import type { Provenance } from './provenance.ts';

/** A result as it is kept, with what is needed to read it: when, and on what. */
export interface BenchmarkRecord extends BenchmarkResult, Provenance {
  readonly bench: string;
  readonly summary: string;
}

/** The page of all results. */
export function formatResults(records: readonly BenchmarkRecord[]): string {
  const overview = formatTable([
    ['benchmark', 'peer', 'ratio', 'target', 'all targets met', 'date'],
    ...records.flatMap(toRows),
  ]);
  return `# Benchmarks

Written by \`pnpm bench NAME --write\`. A ratio is ours to the peer's, in the same run on the same machine; single figures drift from machine to machine. [How it is measured](../packages/realtime-benchmarks/README.md).

${overview}

${records.map(toSection).join('\n')}`;
}

function toRows(record: BenchmarkRecord): readonly (readonly string[])[] {
  const { bench, ratios, targets, passed, date } = record;
  return Object.entries(ratios).map(([peer, ratio]) => [
    ...[bench, peer, ratio?.toFixed(2) ?? 'not measured', String(targets[peer] ?? '')],
    ...[passed ? 'yes' : 'no', date],
  ]);
}

function toSection({ bench, summary, table, date, machine, versions }: BenchmarkRecord): string {
  const measuredWith = Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  return `## ${bench}

${summary}. Measured on ${date}: ${machine}; ${measuredWith}.

${formatTable(table)}
`;
}
