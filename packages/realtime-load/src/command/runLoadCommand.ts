import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { inspect, styleText } from 'node:util';
import { CommanderError } from 'commander';
import { runLoad } from '../coordinator/runLoad.ts';
import { TargetError } from '../coordinator/targetError.ts';
import type { StartDemo } from '../demo/runningDemo.ts';
import type { LoadPlan } from '../plan/loadPlan.ts';
import { ProcessEndedError } from '../process/processEndedError.ts';
import type { StartWorker } from '../process/runningWorker.ts';
import { formatHtml } from '../report/formatHtml.ts';
import { formatReport } from '../report/formatReport.ts';
import type { LoadReport } from '../report/loadReport.ts';
import { assertContract } from './assertContract.ts';
import { assertLoopback } from './assertLoopback.ts';
import { createCommands, type LoadRequest } from './loadCommands.ts';
import type { OptionValues } from './optionValues.ts';
import { createProgress, type Output } from './progress.ts';
import { readSecret, readTokens } from './readTokens.ts';
import { resolvePlan } from './resolvePlan.ts';
import { UsageError } from './usageError.ts';

/** What the command needs of the process that it runs in. */
export interface CommandHost {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the package. */
  readonly version: string;
  /** Aborts when the user wants an end. */
  readonly signal: AbortSignal;
  readonly startWorker: StartWorker;
  readonly startDemo: StartDemo;
}

/** What a process ends with. */
const exitCodes = {
  passed: 0,
  missed: 1,
  usage: 2,
  target: 3,
  failed: 4,
  interrupted: 130,
} as const;

/** Runs what a command line asks for. @returns the exit code */
export async function runLoadCommand(args: readonly string[], host: CommandHost): Promise<number> {
  let request: LoadRequest | undefined;
  try {
    const commands = createCommands(host, (asked) => {
      request = asked;
    });
    commands.parse([...args], { from: 'user' });
    if (!request) return exitCodes.usage;
    return await runRequest(request, host);
  } catch (error) {
    // Commander has written what is wrong, or the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
    if (error instanceof UsageError || error instanceof TargetError) {
      host.stderr.write(`error: ${error.message}\n`);
      return error instanceof UsageError ? exitCodes.usage : exitCodes.target;
    }
    // The load itself broke: nothing is known of the target.
    const reason = error instanceof ProcessEndedError ? error.message : inspect(error);
    host.stderr.write(`error: the load itself failed. ${reason}\n`);
    return exitCodes.failed;
  }
}

async function runRequest(request: LoadRequest, host: CommandHost): Promise<number> {
  const { options } = request;
  if ((options.url === undefined) === (options.demo !== true)) {
    throw new UsageError('Expected `--url` with the server to put load on, or `--demo`.');
  }
  if (options.demo !== true) {
    const plan = await planFor(request, options.url ?? '', host);
    return report(plan, options, host);
  }
  if (options.target !== 'roomcast') throw new UsageError('`--demo` is a Roomcast server.');
  const secret = randomBytes(32).toString('base64');
  const demo = await host.startDemo(secret);
  try {
    const { url } = demo;
    const count = options.connections ?? request.scenario.connections;
    const tokens = Array.from({ length: count }, (_, index) => `user-${index + 1}`);
    return await report(
      resolvePlan(request, { url, tokens, webhookSecret: secret }),
      options,
      host,
    );
  } finally {
    await demo.end();
  }
}

async function planFor(request: LoadRequest, url: string, host: CommandHost): Promise<LoadPlan> {
  const { options, scenario } = request;
  const { webhookSecretEnv, allowRemote } = options;
  const count = options.connections ?? scenario.connections;
  const webhookSecret =
    webhookSecretEnv === undefined ? null : readSecret(webhookSecretEnv, host.env);
  const targets = [url, ...(options.publishUrl === undefined ? [] : [options.publishUrl])];
  // Before anything is asked of anybody.
  for (const target of allowRemote ? [] : targets) {
    await assertLoopback(target).catch((error: Error) => {
      throw new UsageError(error.message);
    });
  }
  // A plan that cannot be is told before a command is run for its tokens.
  resolvePlan(request, { url, tokens: [], webhookSecret });
  const tokens = await readTokens(options, count, host.env);
  return resolvePlan(request, { url, tokens, webhookSecret });
}

async function report(plan: LoadPlan, options: OptionValues, host: CommandHost): Promise<number> {
  await assertContract(plan);
  const progress = createProgress(host.stderr, plan);
  const result = await runLoad(plan, {
    startWorker: host.startWorker,
    signal: host.signal,
    onProgress: progress.show,
  }).finally(() => progress.end());
  // Only for a terminal that shows colours; `styleText` asks the stream and the environment.
  host.stdout.write(
    formatReport(result, (colour, text) =>
      styleText(colour, text, { stream: host.stdout as NodeJS.WriteStream }),
    ),
  );
  await writeFiles(result, options);
  if (result.interrupted) return exitCodes.interrupted;
  return result.passed ? exitCodes.passed : exitCodes.missed;
}

async function writeFiles(result: LoadReport, { json, html }: OptionValues): Promise<void> {
  try {
    if (json !== undefined) await writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
    if (html !== undefined) await writeFile(html, formatHtml(result));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`The report could not be written. ${reason}`, { cause });
  }
}
