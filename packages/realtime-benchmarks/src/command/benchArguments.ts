import { parseArgs } from 'node:util';
import type { Benchmark } from '../benchmark.ts';

/** What a command line asks for. */
export type BenchArguments =
  | {
      readonly kind: 'run';
      readonly benchmark: Benchmark;
      readonly isSmoke: boolean;
      /** Whether the result is kept in docs/benchmarks. */
      readonly write: boolean;
    }
  /** Writes the pages of all results anew, and measures nothing. */
  | { readonly kind: 'pages' }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Reads the command line of `pnpm bench`. */
export function parseBenchArguments(
  args: readonly string[],
  benchmarks: readonly Benchmark[],
): BenchArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        smoke: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        pages: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { smoke: isSmoke, write, pages } = values;
    if (values.help) return { kind: 'help' };
    if (pages && args.length > 1) throw new Error('--pages measures nothing: leave out the rest.');
    if (pages) return { kind: 'pages' };
    if (positionals.length === 0) return { kind: 'help' };
    if (isSmoke && write) throw new Error('A smoke run has no figures to keep.');
    return { kind: 'run', benchmark: findBenchmark(positionals, benchmarks), isSmoke, write };
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}

function findBenchmark(positionals: readonly string[], benchmarks: readonly Benchmark[]) {
  const [name, ...more] = positionals;
  if (more.length > 0) throw new Error(`Expected one benchmark, got "${positionals.join(' ')}".`);
  const benchmark = benchmarks.find((known) => known.name === name);
  if (!benchmark) throw new Error(`There is no benchmark "${name}".`);
  return benchmark;
}
