/** What became of one part of the scenario. */
export interface PartResult {
  readonly passed: number;
  readonly failures: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}
