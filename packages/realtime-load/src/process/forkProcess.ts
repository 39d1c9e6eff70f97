import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type BirpcReturn, createBirpc } from 'birpc';
import { ProcessEndedError } from './processEndedError.ts';

/** How long a process may take to end by itself. */
const endTimeoutMs = 2_000;

/** A process and the functions that it offers. */
export interface Forked<Functions extends object> {
  readonly calls: BirpcReturn<Functions>;
  /** Resolves when it has ended without being told to, and never otherwise. */
  readonly lost: Promise<ProcessEndedError>;
  end(): Promise<void>;
}

/**
 * Starts a module in a process of its own.
 *
 * @param module - calls `serveParent` when it is ready
 */
export async function forkProcess<Functions extends object>(
  module: URL,
): Promise<Forked<Functions>> {
  const child = fork(module, {
    // An error keeps its message.
    serialization: 'advanced',
    env: { ...process.env, NODE_ENV: 'production' },
    // The output is the command's alone.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  await whenReady(child);
  const calls = createBirpc<Functions>(
    {},
    {
      post: (message) => child.send(message),
      on: (listener) => child.on('message', listener),
      // How long a run takes is not for it to say.
      timeout: -1,
    },
  );
  let isEnding = false;
  const lost = new Promise<ProcessEndedError>((resolve) => {
    child.once('exit', (code, signal) => {
      const how = signal ?? `exit code ${code}`;
      const error = new ProcessEndedError(`A process of the load ended: ${how}.`);
      if (!isEnding) resolve(error);
      calls.$close(error);
    });
  });
  const end = () => {
    isEnding = true;
    return endProcess(child);
  };
  return { calls, lost, end };
}

async function whenReady(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`A process of the load ended before it was ready: exit code ${code}.`);
  });
  await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => {});
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), endTimeoutMs);
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(timer);
}
