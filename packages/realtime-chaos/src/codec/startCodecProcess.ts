import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CodecAnswer, CodecRequest } from './codecRequest.ts';

/** A process that does nothing but what it is asked, so that its time and memory are that. */
export interface CodecProcess extends AsyncDisposable {
  ask(request: CodecRequest): Promise<CodecAnswer>;
}

/** @param entry - which of the entries of realtime-compression it reads with */
export function startCodecProcess(entry: 'node' | 'browser'): CodecProcess {
  const child = fork(fileURLToPath(new URL('codecProcess.ts', import.meta.url)), {
    execArgv: [
      ...['--conditions=@roomcast/source', '--expose-gc'],
      ...(entry === 'browser' ? ['--conditions=browser'] : []),
    ],
    // One thread that compresses beside the loop: with more, a machine of two cores takes the loop's
    // core from it, and that would count as blocked.
    env: { ...process.env, NODE_ENV: 'production', UV_THREADPOOL_SIZE: '1' },
    stdio: ['ignore', 2, 2, 'ipc'],
    serialization: 'advanced',
  });
  const killChild = () => void child.kill('SIGKILL');
  process.once('exit', killChild);
  const exited = once(child, 'exit');

  return {
    async ask(request) {
      child.send(request);
      const gone = exited.then(([code]) => {
        throw new Error(`The process of the codecs has ended with ${code}.`);
      });
      gone.catch(() => {});
      const [answer] = await Promise.race([once(child, 'message'), gone]);
      return answer as CodecAnswer;
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await exited;
      process.off('exit', killChild);
    },
  };
}
