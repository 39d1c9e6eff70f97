import { InvalidConfigError } from './invalidConfigError.ts';

/** Environment variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables one after the other and remembers what was wrong with them. */
export interface EnvironmentReader {
  /** The value without blanks around it; empty where the variable is left out. */
  text(name: string): string;
  /** Notes that a variable cannot be used. */
  refuse(name: string, expected: string, actual: string): void;
}

/** @throws InvalidConfigError naming every variable that was refused */
export function readEnvironment<Config>(
  env: Environment,
  read: (reader: EnvironmentReader) => Config,
): Config {
  // A set, since both ends may read the same variable.
  const problems = new Set<string>();
  const config = read({
    text: (name) => env[name]?.trim() ?? '',
    refuse: (name, expected, actual) =>
      problems.add(`Expected ${name} to ${expected}, got "${actual}".`),
  });
  if (problems.size > 0) throw new InvalidConfigError([...problems]);
  return config;
}
