/**
 * A server or a load: functions that are called from another process, with arguments and results
 * that can be cloned.
 */
export type Part = Readonly<Record<string, (argument: never) => unknown>>;

/** A part as seen from the process that started it. */
export interface RunningPart<P extends Part> extends AsyncDisposable {
  readonly calls: RemoteCalls<P>;
  /** Ends the process; harmless when called twice. */
  stop(): Promise<void>;
}

/** A part in a process of its own. */
export interface PartProcess<P extends Part> extends RunningPart<P> {
  /** Tells how the process ended, by whomever. */
  readonly ended: Promise<ProcessEnd>;
  /** Ends the process at once, without a word to anybody; resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks the process to end, as a supervisor does: SIGTERM. */
  terminate(): void;
  /** Halts the process, with its connections open, until `resume`. */
  pause(): void;
  resume(): void;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

export type RemoteCalls<P extends Part> = {
  readonly [Name in keyof P]: (
    ...argument: Parameters<P[Name]>
  ) => Promise<Awaited<ReturnType<P[Name]>>>;
};

/** A module that holds a part: it exports the function that creates it. */
export interface PartModule<P extends Part> {
  createPart(): P;
}

export interface StartOptions {
  /** The executable that runs the part, such as that of Bun. @default this Node */
  readonly runtime?: string;
  /** Further arguments for Node itself, such as `--expose-gc`. @default none */
  readonly nodeArgs?: readonly string[];
  /** Variables of the environment, beside our own. @default none */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the part of a module, usually in a process of its own. */
export type StartPart = <P extends Part>(
  module: URL,
  options?: StartOptions,
) => Promise<RunningPart<P>>;
