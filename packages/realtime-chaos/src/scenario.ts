/** One way to try what the library promises, against real servers and clients. */
export interface Scenario {
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** The part of the full figure that `--smoke` runs with each of its seeds. */
  readonly smokeScale: number;
  /** 1 where chance decides little of what happens: a smoke run has one random seed then. @default 2 */
  readonly smokeSeeds?: 1;
  /** With how many seeds, one after the other, it has to pass. @default 1 */
  readonly seeds?: number;
  run(context: ScenarioContext): Promise<ScenarioResult>;
  /** The same with somebody else's system, by its name: what is missed there is a figure. */
  readonly peers?: Readonly<Record<string, Scenario['run']>>;
}

/** What a run is given. The same seed and scale make the same choices. */
export interface ScenarioContext {
  /** A whole number from 0 to 2^31 − 1. */
  readonly seed: number;
  /** What counts and durations are multiplied by: 1 for the full figure. */
  readonly scale: number;
  /** Leads straight to one case of a run with this seed, as a failure told it; null for them all. */
  readonly path: string | null;
  /** Aborts when the run is to end early; what it opened has to be closed all the same. */
  readonly signal: AbortSignal;
  /** Shows how far the run has come. */
  progress(done: number, total: number): void;
}

/** What became of a run. */
export interface ScenarioResult {
  readonly passed: number;
  readonly failures: readonly ScenarioFailure[];
  /** What else was counted, such as the gaps of each reason. */
  readonly figures: Readonly<Record<string, number>>;
}

/** One case that missed what was promised. */
export interface ScenarioFailure {
  /** What was expected, and what happened instead. */
  readonly message: string;
  /** Leads straight to this case: the `--path` of a replay. */
  readonly path?: string;
}
