import type { Benchmark } from './benchmark.ts';
import { clientSizeBenchmark } from './client-size/clientSizeBenchmark.ts';
import { connectBenchmark } from './connect/connectBenchmark.ts';
import { reactBenchmark } from './react/reactBenchmark.ts';
import { resumeBenchmark } from './resume/resumeBenchmark.ts';

/** Everything that `pnpm bench` knows by name. */
export const benchmarks: readonly Benchmark[] = [
  clientSizeBenchmark,
  connectBenchmark,
  reactBenchmark,
  resumeBenchmark,
];
