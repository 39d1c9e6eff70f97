import type { Scenario } from '../scenario.ts';

/** What `pnpm chaos --help` prints. */
export function usage(scenarios: readonly Scenario[]): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const list = scenarios.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: pnpm chaos NAME [options]

${list.join('\n')}

  --seed N    the seed of every random choice, printed by each run; random when left out
  --scale S   what counts and durations are multiplied by; 1, the full figure, when left out
  --smoke     a small run with one fixed and one random seed, or with that of --seed
  --path P    only the case of a seed that a failure printed
  --write     keeps the result in docs/chaos
  --help      this list
`;
}
