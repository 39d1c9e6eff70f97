import type { StartPart } from '@roomcast/realtime-processes';

/** The same work for us and for our peers, measured in the same run. */
export interface Benchmark {
  readonly name: string;
  /** One line for `--help` and above the table. */
  readonly summary: string;
  /** @throws where it could not measure */
  run(context: BenchmarkContext): Promise<BenchmarkResult>;
}

export interface BenchmarkContext {
  /** Whether to run the whole way with little work: the figures mean nothing. */
  readonly isSmoke: boolean;
  /** The executable of Bun, null where there is none. */
  readonly bun: string | null;
  /** Starts a server or a load. What it started ends with the run. */
  readonly startPart: StartPart;
  /** Tells what is being done. */
  progress(text: string): void;
}

export type Table = readonly (readonly string[])[];

export interface BenchmarkResult {
  /** What is printed, the head first. Numbers stand at the right. */
  readonly table: Table;
  readonly figures: Readonly<Record<string, number>>;
  /** Of ours to each peer's, by the name of the peer; null for one that could not be had. */
  readonly ratios: Readonly<Record<string, number | null>>;
  readonly targets: Readonly<Record<string, number>>;
  /** Whether every target is met. */
  readonly passed: boolean;
}
