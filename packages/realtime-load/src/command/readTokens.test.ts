import { expect, it } from 'vitest';
import { readSecret, readTokens } from './readTokens.ts';
import { UsageError } from './usageError.ts';

const env = { PATH: process.env.PATH, TOKEN: 'secret-1' };

it('takes one token of the environment, or none for guests', async () => {
  expect(await readTokens({ tokenEnv: 'TOKEN' }, 3, env)).toEqual(['secret-1']);
  expect(await readTokens({}, 3, env)).toEqual([]);
});

it('takes the tokens that a command prints, one a line, and tells it how many', async () => {
  const tokenCommand = 'printf "t-%s\\n\\n  t-2  \\n" "$REALTIME_LOAD_TOKENS"';
  expect(await readTokens({ tokenCommand }, 3, env)).toEqual(['t-3', 't-2']);
});

it.each([
  [{ tokenEnv: 'NOBODY' }, 'The environment variable NOBODY is not set.'],
  [{ tokenCommand: 'true' }, 'printed no token'],
  [{ tokenCommand: 'echo t-1; exit 4' }, 'failed: exit code 4'],
])('refuses to go on without a token: %j', async (source, reason) => {
  const error = await readTokens(source, 1, env).catch((thrown: Error) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toHaveProperty('message', expect.stringContaining(reason));
  expect(String(error)).not.toContain('t-1');
});

it('reads other secrets from the environment too', () => {
  expect(readSecret('TOKEN', env)).toBe('secret-1');
  expect(() => readSecret('NOBODY', env)).toThrow('NOBODY is not set');
});
