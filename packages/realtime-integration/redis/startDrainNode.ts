import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('drainNodeProgram.ts', import.meta.url));

/** How long what a node is asked to do takes, in milliseconds. */
export interface DrainNodeOptions {
  readonly actionMs: number;
  readonly windowMs: number;
}

/** A node in a process of its own, which drains when it is told to end. */
export interface DrainNode extends AsyncDisposable {
  readonly port: number;
  /** Resolves with what the program says next. */
  says(): Promise<string>;
  terminate(): void;
  /** With which code the process has ended, or by which signal. */
  readonly ended: Promise<number | string>;
}

export async function startDrainNode(
  redisUrl: string,
  { actionMs, windowMs }: DrainNodeOptions,
): Promise<DrainNode> {
  const args = ['--conditions=@roomcast/source', program, redisUrl, `${actionMs}`, `${windowMs}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code, signal]): number | string => code ?? signal);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const says = async (): Promise<string> => (await lines.next()).value ?? 'nothing any more';
  return {
    ...{ port: Number(await says()), says, ended },
    terminate: () => void child.kill('SIGTERM'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
