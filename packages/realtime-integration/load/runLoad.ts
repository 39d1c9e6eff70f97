import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { LoadReport } from '@roomcast/realtime-load';

const main = fileURLToPath(new URL('../../realtime-load/src/main.ts', import.meta.url));

export interface LoadRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Null where the run came to no report. */
  readonly report: LoadReport | null;
  readonly html: string | null;
}

export interface LoadRunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Hears what the command writes about its progress. */
  onProgress?(text: string, command: ChildProcess): void;
}

/** Runs the command as users do, in processes of its own, to its end. */
export async function runLoad(
  args: readonly string[],
  { env, onProgress }: LoadRunOptions = {},
): Promise<LoadRun> {
  const folder = await mkdtemp(join(tmpdir(), 'load-'));
  const [json, html] = ['report.json', 'report.html'].map((name) => join(folder, name));
  try {
    const command = spawn(
      process.execPath,
      ['--conditions=@roomcast/source', main, ...args, '--json', json!, '--html', html!],
      { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    command.stderr.on('data', (chunk) => onProgress?.(String(chunk), command));
    const [stdout, stderr, [exitCode]] = await Promise.all([
      ...[text(command.stdout), text(command.stderr)],
      once(command, 'exit'),
    ] as const);
    const report = await readFile(json!, 'utf8').then(JSON.parse, () => null);
    return {
      exitCode,
      stdout,
      stderr,
      report,
      html: await readFile(html!, 'utf8').catch(() => null),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
