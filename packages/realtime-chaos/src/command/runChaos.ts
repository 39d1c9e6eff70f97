import type { Scenario, ScenarioFailure, ScenarioResult } from '../scenario.ts';
import { parseChaosArguments, type Run } from './chaosArguments.ts';
import { createProgressLine, type Output } from './progressLine.ts';
import { usage } from './usage.ts';
import { type FinishedRun, type ResultFiles, writeResult } from './writeResult.ts';

/** What the command needs of the process that it runs in. */
export interface ChaosHost {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborts when the user wants an end. */
  readonly signal: AbortSignal;
  /** Where `--write` keeps results. */
  readonly results: ResultFiles;
}

/** More failures of one kind say nothing new. */
const maxPrintedFailures = 5;

/**
 * Runs what a command line asks for.
 *
 * @returns the exit code: 0 where everything passed, 1 where anything failed, 2 where the command
 * line was refused, 130 where the user ended the run
 */
export async function runChaos(
  args: readonly string[],
  scenarios: readonly Scenario[],
  host: ChaosHost,
): Promise<number> {
  const request = parseChaosArguments(args, scenarios);
  if (request.kind === 'help') {
    host.stdout.write(usage(scenarios));
    return 0;
  }
  if (request.kind === 'refused') {
    host.stderr.write(`${request.reason}\n\n${usage(scenarios)}`);
    return 2;
  }
  const { scenario, runs, write } = request;
  const finished: FinishedRun[] = [];
  for (const run of runs) {
    const result = await runOnce(scenario, run, host);
    finished.push({ run, result });
    if (host.signal.aborted) break;
  }
  const passed = sum(finished, ({ result }) => result.passed);
  const failed = sum(finished, ({ result }) => result.failures.length);
  host.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (host.signal.aborted) return 130;
  if (write) await writeResult(host.results, scenario, finished);
  // What somebody else's system misses is a figure.
  const isOurs = runs.every(({ peer }) => peer === null);
  return (failed > 0 && isOurs) || passed + failed === 0 || (passed === 0 && isOurs) ? 1 : 0;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((all, item) => all + of(item), 0);
}

async function runOnce(scenario: Scenario, run: Run, host: ChaosHost): Promise<ScenarioResult> {
  const { seed, scale, path } = run;
  const whose = run.peer === null ? '' : ` of ${run.peer}`;
  host.stdout.write(`${scenario.name}${whose}: seed ${seed}, scale ${scale}\n`);
  const line = createProgressLine(host.stderr, scenario.name);
  const { signal } = host;
  const startedAtMs = performance.now();
  const start = scenario.peers?.[run.peer ?? ''] ?? scenario.run;
  const result = await start({ seed, scale, path, signal, progress: line.show }).catch(couldNotRun);
  line.end();
  const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(1);
  const counts = Object.entries(result.figures).map(([name, value]) => `  ${name}: ${value}\n`);
  host.stdout.write(`${counts.join('')}  seconds: ${seconds}\n`);
  printFailures(result.failures, run, host.stdout);
  return result;
}

function couldNotRun(error: unknown): ScenarioResult {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { passed: 0, failures: [{ message }], figures: {} };
}

function printFailures(failures: readonly ScenarioFailure[], { replay }: Run, stdout: Output) {
  for (const { message, path } of failures.slice(0, maxPrintedFailures)) {
    stdout.write(`\nFAILED: ${message}\n`);
    stdout.write(`Replay: ${replay}${path === undefined ? '' : ` --path ${path}`}\n`);
  }
  const rest = failures.length - maxPrintedFailures;
  if (rest > 0) stdout.write(`\nand ${rest} more failed\n`);
}
