import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerAnswer, ServerRequest } from './serverProcess.ts';

/** The server in a process of its own, whose memory is that of nobody else. */
export interface ServerProcess extends AsyncDisposable {
  ask(request: ServerRequest): Promise<ServerAnswer>;
}

export function startServerProcess(): ServerProcess {
  const child = fork(fileURLToPath(new URL('serverProcess.ts', import.meta.url)), {
    execArgv: ['--conditions=@roomcast/source'],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const killChild = () => void child.kill('SIGKILL');
  process.once('exit', killChild);
  const exited = once(child, 'exit');

  async function ask(request: ServerRequest): Promise<ServerAnswer> {
    child.send(request);
    const gone = exited.then(([code]) => {
      throw new Error(`The server's process has ended with ${code}.`);
    });
    gone.catch(() => {});
    const [answer] = await Promise.race([once(child, 'message'), gone]);
    return answer as ServerAnswer;
  }
  return {
    ask,
    async [Symbol.asyncDispose]() {
      if (child.connected) await ask({ do: 'close' });
      await exited;
      process.off('exit', killChild);
    },
  };
}
