import type { Part, RunningPart, StartOptions, StartPart } from '@roomcast/realtime-processes';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import type { BunRuntime } from '../peers/findBun.ts';
import { parseBenchArguments } from './benchArguments.ts';
import { formatTable } from './formatTable.ts';
import { describeProvenance } from './provenance.ts';
import { usage } from './usage.ts';
import { type ResultFiles, writePages, writeResult } from './writeResult.ts';

/** Where the command writes; a stream of the process is one. */
interface Output {
  write(text: string): unknown;
}

/** What the command needs of the process that it runs in. */
export interface BenchHost {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly startPart: StartPart;
  /** Null where there is none. */
  readonly bun: BunRuntime | null;
  /** Where `--write` keeps results. */
  readonly results: ResultFiles;
}

/**
 * Runs what a command line asks for. The last line that it prints is the result as JSON.
 *
 * @returns the exit code: 0 where it could measure, whatever the figures are; 1 where it could not;
 * 2 where the command line was refused
 */
export async function runBench(
  args: readonly string[],
  benchmarks: readonly Benchmark[],
  host: BenchHost,
): Promise<number> {
  const request = parseBenchArguments(args, benchmarks);
  if (request.kind === 'help') {
    host.stdout.write(usage(benchmarks));
    return 0;
  }
  if (request.kind === 'refused') {
    host.stderr.write(`${request.reason}\n\n${usage(benchmarks)}`);
    return 2;
  }
  if (request.kind === 'pages') {
    await writePages(host.results);
    return 0;
  }
  const { benchmark, isSmoke, write } = request;
  host.stdout.write(`${benchmark.name}: ${benchmark.summary}\n\n`);
  try {
    const result = await measure(benchmark, isSmoke, host);
    if (write) {
      await writeResult(host.results, benchmark, { ...result, ...describeProvenance(host.bun) });
    }
    print(benchmark, result, host);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    host.stderr.write(`Could not measure ${benchmark.name}: ${reason}\n`);
    return 1;
  }
}

async function measure(benchmark: Benchmark, isSmoke: boolean, host: BenchHost) {
  const started: Pick<RunningPart<Part>, 'stop'>[] = [];
  try {
    return await benchmark.run({
      isSmoke,
      bun: host.bun?.executable ?? null,
      async startPart<P extends Part>(module: URL, options?: StartOptions) {
        const part = await host.startPart<P>(module, options);
        started.push(part);
        return part;
      },
      progress: (text) => host.stderr.write(`${text}\n`),
    });
  } finally {
    await Promise.all(started.map((part) => part.stop()));
  }
}

function print({ name }: Benchmark, result: BenchmarkResult, { stdout }: BenchHost): void {
  const { table, figures, ratios, targets, passed } = result;
  stdout.write(`${formatTable(table)}\n\n`);
  stdout.write(`${JSON.stringify({ bench: name, figures, ratios, targets, passed })}\n`);
}
