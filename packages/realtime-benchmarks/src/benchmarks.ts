import type { Benchmark } from './benchmark.ts';
import { burstBenchmark } from './burst/burstBenchmark.ts';
import { clientSizeBenchmark } from './client-size/clientSizeBenchmark.ts';
import { compressionBenchmark } from './compression/compressionBenchmark.ts';
import { connectBenchmark } from './connect/connectBenchmark.ts';
import { fanoutBenchmark } from './fanout/fanoutBenchmark.ts';
import { heldBenchmark } from './held/heldBenchmark.ts';
import { memoryBenchmark } from './memory/memoryBenchmark.ts';
import { nodesBenchmark } from './nodes/nodesBenchmark.ts';
import { reactBenchmark } from './react/reactBenchmark.ts';
import { resumeBenchmark } from './resume/resumeBenchmark.ts';

/** Everything that `pnpm bench` knows by name. */
export const benchmarks: readonly Benchmark[] = [
  fanoutBenchmark,
  burstBenchmark,
  compressionBenchmark,
  memoryBenchmark,
  connectBenchmark,
  heldBenchmark,
  resumeBenchmark,
  nodesBenchmark,
  reactBenchmark,
  clientSizeBenchmark,
];
