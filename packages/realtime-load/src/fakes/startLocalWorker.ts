import type { RunningWorker, WorkerCalls } from '../process/runningWorker.ts';
import { createLoadWorker } from '../worker/createLoadWorker.ts';

/** A worker in this process. */
export async function startLocalWorker(): Promise<RunningWorker> {
  const worker = createLoadWorker();
  const calls = Object.fromEntries(
    Object.entries(worker).map(([name, call]) => [
      name,
      async (...args: unknown[]) => (call as (...args: unknown[]) => unknown)(...args),
    ]),
  );
  return {
    calls: calls as unknown as WorkerCalls,
    lost: new Promise(() => {}),
    end: async () => worker.close(),
  };
}
