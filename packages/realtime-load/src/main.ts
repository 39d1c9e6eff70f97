#!/usr/bin/env node
import { createRequire } from 'node:module';
import { runLoadCommand } from './command/runLoadCommand.ts';
import { forkProcess } from './process/forkProcess.ts';
import type { LoadWorker } from './worker/loadWorker.ts';

// The command. What it starts lies beside it: as sources while developing, built where installed.

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const entry = (name: string) => new URL(`./${name}.${extension}`, import.meta.url);

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

process.exitCode = await runLoadCommand(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  version,
  signal: interrupted.signal,
  startWorker: () => forkProcess<LoadWorker>(entry('worker')),
  async startDemo(secret) {
    const { calls, end } = await forkProcess<{ start(secret: string): Promise<string> }>(
      entry('demo'),
    );
    return { url: await calls.start(secret), end };
  },
});
