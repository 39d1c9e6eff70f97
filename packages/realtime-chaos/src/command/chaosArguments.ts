import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Scenario } from '../scenario.ts';

/** One run of a scenario. */
export interface Run {
  readonly seed: number;
  readonly scale: number;
  readonly path: string | null;
  /** Whose system it is, or null for ours. */
  readonly peer: string | null;
  /** What calls for the same run again. */
  readonly replay: string;
}

/** What a command line asks for. */
export type ChaosArguments =
  | ({ readonly kind: 'run'; readonly scenario: Scenario; readonly runs: readonly Run[] } & {
      /** Whether the results are kept in docs/chaos. */
      readonly write: boolean;
    })
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly reason: string };

/** The seed that every smoke run has in common, beside a random one. */
const fixedSeed = 1;
const maxSeed = 2 ** 31 - 1;

/** Reads the command line of `pnpm chaos`. */
export function parseChaosArguments(
  args: readonly string[],
  scenarios: readonly Scenario[],
): ChaosArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        seeds: { type: 'string' },
        peer: { type: 'string' },
        scale: { type: 'string' },
        path: { type: 'string' },
        smoke: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help || positionals.length === 0) return { kind: 'help' };
    const scenario = findScenario(positionals, scenarios);
    return { kind: 'run', scenario, runs: planRuns(scenario, values), write: values.write };
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}

function findScenario(positionals: readonly string[], scenarios: readonly Scenario[]): Scenario {
  const [name, ...more] = positionals;
  if (more.length > 0) throw new Error(`Expected one scenario, got "${positionals.join(' ')}".`);
  const scenario = scenarios.find((known) => known.name === name);
  if (!scenario) throw new Error(`There is no scenario "${name}".`);
  return scenario;
}

interface Choices {
  readonly seed?: string;
  readonly seeds?: string;
  readonly peer?: string;
  readonly scale?: string;
  readonly path?: string;
  readonly smoke: boolean;
  readonly write: boolean;
}

function planRuns(scenario: Scenario, choices: Choices): readonly Run[] {
  const { name, smokeScale, peers = {} } = scenario;
  const { smoke, write, path = null, peer = null } = choices;
  if (smoke && write) throw new Error('A smoke run is no result to keep: leave out `--write`.');
  if (smoke && choices.scale !== undefined) {
    throw new Error('A smoke run has a scale of its own: leave out `--scale` or `--smoke`.');
  }
  if (path !== null && choices.seed === undefined) {
    throw new Error('A path leads somewhere only with the seed that it was printed with.');
  }
  if (peer !== null && !Object.hasOwn(peers, peer)) {
    const known = Object.keys(peers).join(', ') || 'none';
    throw new Error(`Expected \`--peer\` of "${name}" to be one of: ${known}; got \`${peer}\`.`);
  }
  const scale = smoke ? smokeScale : parseScale(choices.scale ?? '1');
  const whose = peer === null ? '' : ` --peer ${peer}`;
  return pickSeeds(scenario, choices).map((seed) => {
    const size = smoke ? '--smoke' : `--scale ${scale}`;
    return { seed, scale, path, peer, replay: `pnpm chaos ${name} --seed ${seed} ${size}${whose}` };
  });
}

/** What is kept has been run with as many seeds as the scenario has to pass. */
function pickSeeds(scenario: Scenario, choices: Choices): readonly number[] {
  const { seed, seeds, smoke, write, peer } = choices;
  if (seed !== undefined && seeds !== undefined)
    throw new Error('Leave out `--seed` or `--seeds`.');
  if (seed !== undefined) return [parseWhole('--seed', seed)];
  const random = () => randomInt(maxSeed + 1);
  if (smoke) return scenario.smokeSeeds === 1 ? [random()] : [fixedSeed, random()];
  const usual = write && peer === undefined ? (scenario.seeds ?? 1) : 1;
  const count = seeds === undefined ? usual : parseWhole('--seeds', seeds);
  return Array.from({ length: count }, random);
}

function parseWhole(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= maxSeed) return value;
  throw new Error(
    `Expected \`${option}\` to be a whole number from 0 to ${maxSeed}, got \`${text}\`.`,
  );
}

function parseScale(text: string): number {
  const scale = Number(text);
  if (scale > 0 && Number.isFinite(scale)) return scale;
  throw new Error(`Expected \`--scale\` to be a positive number, got \`${text}\`.`);
}
