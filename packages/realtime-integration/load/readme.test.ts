import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runLoad } from './runLoad.ts';

const page = new URL('../../realtime-load/README.md', import.meta.url);
const quickStart = /## Quick start\n\n```sh\nnpx realtime-load (.*?)\n```\n.*?```text\n(.*?)```/s;

it('the quick start runs, and prints the figures that it shows', async () => {
  const [, command = '', shown = ''] = quickStart.exec(readFileSync(page, 'utf8')) ?? [];
  const { exitCode, stdout } = await runLoad(command.split(' '));
  expect(exitCode, stdout).toBe(0);
  const names = Array.from(shown.matchAll(/^\| ([a-z, ]+?) +\|/gm), ([, name]) => name);
  expect(names).toHaveLength(12);
  for (const name of names) expect(stdout).toContain(`| ${name} `);
  // Those that no machine changes.
  for (const line of [/publications +\| +1,000 of 1,000/, /lost +\| +0 of 100,000/]) {
    expect(shown).toMatch(line);
    expect(stdout).toMatch(line);
  }
}, 30_000);

it('every option is in the README, and every option of the README exists', async () => {
  const { stdout } = await runLoad(['run', '--help']);
  const known = new Set(
    Array.from(stdout.matchAll(/^ {2}(?:-h, )?(--[a-z0-9-]+)/gm), ([, name]) => name),
  );
  known.delete('--help');
  const told = new Set(
    readFileSync(page, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `--'))
      .flatMap((line) =>
        Array.from(line.split('|')[1]!.matchAll(/--[a-z0-9-]+/g), ([name]) => name),
      ),
  );
  expect([...told].toSorted()).toEqual([...known].toSorted());
});
