import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('controlNodeProgram.ts', import.meta.url));

/** A node of a cluster in a process of its own, which may be killed. */
export interface ControlNodeProcess extends AsyncDisposable {
  readonly url: string;
  readonly nodeId: string;
  kill(): Promise<void>;
}

export async function startControlNodeProcess(
  redisUrl: string,
  leaseMs: number,
): Promise<ControlNodeProcess> {
  const args = ['--conditions=@roomcast/source', program, redisUrl, `${leaseMs}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = () => killProcess(child);
  const [line] = await once(child.stdout, 'data');
  const [url = '', nodeId = ''] = String(line).trim().split(' ');
  return { url, nodeId, kill, [Symbol.asyncDispose]: kill };
}

async function killProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
