import { spawnSync } from 'node:child_process';

export interface BunRuntime {
  readonly executable: string;
  readonly version: string;
}

/**
 * Bun, where the machine has it: named by `ROOMCAST_BUN`, or on the `PATH`. It is a peer and no
 * dependency: most clones of the project do without.
 *
 * @returns null where there is none
 * @throws where `ROOMCAST_BUN` names something else
 */
export function findBun(env: NodeJS.ProcessEnv): BunRuntime | null {
  const executable = env.ROOMCAST_BUN || 'bun';
  const { status, stdout } = spawnSync(executable, ['--version'], { encoding: 'utf8', env });
  if (status === 0) return { executable, version: stdout.trim() };
  if (env.ROOMCAST_BUN) throw new Error(`\`ROOMCAST_BUN\` is no Bun: ${executable}`);
  return null;
}
