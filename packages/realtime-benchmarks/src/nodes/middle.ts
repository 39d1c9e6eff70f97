import { median } from '../figures/median.ts';
import { round } from '../figures/round.ts';

/** What is in the middle of all rounds, rounded. */
export function middle<T>(rounds: readonly T[], value: (of: T) => number): number {
  return round(median(rounds.map(value)));
}
