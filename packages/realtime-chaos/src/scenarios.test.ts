import { expect, it } from 'vitest';
import { runChaos } from './command/runChaos.ts';
import { scenarios } from './scenarios.ts';

it.each(scenarios)('$name passes its smoke run', async ({ name }) => {
  const printed: string[] = [];
  const output = { write: (text: string) => printed.push(text) };
  const exitCode = await runChaos([name, '--smoke'], scenarios, {
    ...{ stdout: output, stderr: output, signal: new AbortController().signal },
    results: { directory: new URL('file:///nowhere/'), page: new URL('file:///nowhere/PAGE.md') },
  });
  // With the seed of each run: a random one is known only from here.
  process.stdout.write(printed.join(''));
  expect(exitCode, printed.join('')).toBe(0);
});
