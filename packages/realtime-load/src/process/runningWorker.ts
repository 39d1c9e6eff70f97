import type { LoadWorker } from '../worker/loadWorker.ts';

/** A worker as seen from the command: every call may take a while. */
export type WorkerCalls = {
  readonly [Name in keyof LoadWorker]: (
    ...args: Parameters<LoadWorker[Name]>
  ) => Promise<Awaited<ReturnType<LoadWorker[Name]>>>;
};

/** A worker, usually in a process of its own. */
export interface RunningWorker {
  readonly calls: WorkerCalls;
  /** Resolves with the reason when it is gone before `end`, and never otherwise. */
  readonly lost: Promise<Error>;
  /** Ends it with all its connections; harmless when called twice. */
  end(): Promise<void>;
}

export type StartWorker = () => Promise<RunningWorker>;
