import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AnswerMessage, CallMessage } from './messages.ts';
import type { Part, PartProcess, ProcessEnd, RemoteCalls, StartOptions } from './part.ts';

/** How long a part may take to end by itself. */
const stopTimeoutMs = 2_000;

/** Starts the part of a module in a process of its own, as in production. */
export async function startProcess<P extends Part>(
  module: URL,
  { runtime, nodeArgs = [], env = {} }: StartOptions = {},
): Promise<PartProcess<P>> {
  const child = fork(fileURLToPath(new URL('partMain.ts', import.meta.url)), [module.href], {
    execArgv: ['--conditions=@roomcast/source', ...nodeArgs],
    env: { ...process.env, NODE_ENV: 'production', ...env },
    // Only Node can read what Node clones; with others the messages are JSON.
    ...(runtime ? { execPath: runtime, serialization: 'json' } : { serialization: 'advanced' }),
    // The last line of our own output is the result, so a part writes to the other stream.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const killChild = () => void child.kill('SIGKILL');
  process.once('exit', killChild);
  child.once('exit', () => process.off('exit', killChild));
  await whenReady(child);
  const stop = () => stopChild(child);
  const ended = once(child, 'exit').then(([code, signal]): ProcessEnd => ({ code, signal }));
  return {
    ...{ calls: callsOf<P>(child), ended, stop, [Symbol.asyncDispose]: stop },
    async kill() {
      killChild();
      await ended;
    },
    terminate: () => void child.kill('SIGTERM'),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
}

async function whenReady(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('The process ended before it was ready.');
  });
  ended.catch(() => {});
  await Promise.race([once(child, 'message'), ended]);
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** An object that has every function of the part; each call is a message. */
function callsOf<P extends Part>(child: ChildProcess): RemoteCalls<P> {
  const waiting = new Map<number, Waiting>();
  let count = 0;
  child.on('message', (answer: AnswerMessage) => {
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) call?.resolve(answer.value);
    else call?.reject(errorOf(answer.error));
  });
  child.once('exit', (code, signal) => {
    for (const call of waiting.values()) {
      call.reject(new Error(`The process ended amid a call: ${signal ?? `exit code ${code}`}.`));
    }
    waiting.clear();
  });
  const call = (name: string, argument: unknown) =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve, reject });
      const message: CallMessage = { id: count, name, argument };
      child.send(message, (error) => error && reject(error));
    });
  // `then` would make the object look like a promise to whoever awaits it.
  return new Proxy(Object.create(null), {
    get: (_, name) =>
      name === 'then' ? undefined : (argument: unknown) => call(String(name), argument),
  });
}

/** As JSON an error is its text. */
function errorOf(error: unknown): unknown {
  return typeof error === 'string' ? new Error(error) : error;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(timer);
}
