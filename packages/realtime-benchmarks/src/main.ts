import { startProcess } from '@roomcast/realtime-processes';
import { benchmarks } from './benchmarks.ts';
import { runBench } from './command/runBench.ts';
import { findBun } from './peers/findBun.ts';

// Whatever was started is ended as this process exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

process.exitCode = await runBench(process.argv.slice(2), benchmarks, {
  stdout: process.stdout,
  stderr: process.stderr,
  startPart: startProcess,
  bun: findBun(process.env),
  results: {
    directory: new URL('../../../docs/benchmarks/', import.meta.url),
    page: new URL('../../../docs/BENCHMARKS.md', import.meta.url),
    scaling: new URL('../../../docs/SCALING.md', import.meta.url),
  },
});
