import type { Scenario } from '../scenario.ts';

/** What `pnpm chaos --help` prints. */
export function usage(scenarios: readonly Scenario[]): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const list = scenarios.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  const peers = [...new Set(scenarios.flatMap((one) => Object.keys(one.peers ?? {})))].join(' or ');
  return `Usage: pnpm chaos NAME [options]

${list.join('\n')}

  --seed N    the seed of every random choice, printed by each run; random when left out
  --seeds N   runs with so many random seeds, one after the other
  --scale S   what counts and durations are multiplied by; 1, the full figure, when left out
  --smoke     a small run with one fixed and one random seed, or with that of --seed
  --path P    only the case of a seed that a failure printed
  --peer NAME the same with ${peers}; what is missed is a figure
  --write     keeps the result in docs/chaos, by default of all seeds that have to pass
  --help      this list
`;
}
