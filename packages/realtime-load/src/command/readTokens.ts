import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { UsageError } from './usageError.ts';

/** Where tokens come from: never from the command line, which every user of a machine can read. */
export interface TokenSource {
  readonly tokenEnv?: string | undefined;
  readonly tokenCommand?: string | undefined;
}

const maxOutputBytes = 64 * 1_048_576;
const timeoutMs = 60_000;

/**
 * The tokens, to be used in turn; none for guests. A command is run once, by the shell, and prints one
 * a line.
 *
 * @param count - how many there are to be at most
 * @throws UsageError where there is none
 */
export async function readTokens(
  { tokenEnv, tokenCommand }: TokenSource,
  count: number,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  if (tokenEnv !== undefined) return [readSecret(tokenEnv, env)];
  if (tokenCommand === undefined) return [];
  const { stdout } = await run(tokenCommand, {
    env: { ...env, REALTIME_LOAD_TOKENS: String(count) },
    ...{ maxBuffer: maxOutputBytes, timeout: timeoutMs },
  }).catch(({ code, signal }) => {
    // Its output is not told: there may be tokens in it.
    throw new UsageError(
      `The command of \`--token-command\` failed: ${signal ?? `exit code ${code}`}.`,
    );
  });
  const tokens = stdout.split('\n').flatMap((line) => line.trim() || []);
  if (tokens.length > 0) return tokens;
  throw new UsageError('The command of `--token-command` printed no token.');
}

/** A secret of the environment. @throws UsageError where it is not set */
export function readSecret(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const value = env[name];
  if (value) return value;
  throw new UsageError(`The environment variable ${name} is not set.`);
}

const run = promisify(exec);
