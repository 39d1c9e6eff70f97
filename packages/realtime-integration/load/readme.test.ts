import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runLoad } from './runLoad.ts';

const page = new URL('../../realtime-load/README.md', import.meta.url);
const quickStart = /## Quick start\n\n```sh\nnpx realtime-load (.*?)\n```\n.*?```text\n(.*?)```/s;

/** What no machine changes: the lines, but for figures and the room that those take. */
function shapeOf(output: string): readonly string[] {
  const lines = output.trim().split('\n');
  // A machine that others use may be short of time.
  return lines
    .filter((line) => !line.startsWith('The load was short of time'))
    .map((line) => line.replaceAll(/[\d.,]*\d/g, '#').replaceAll(/ +|-+/g, ' '));
}

it('the quick start runs, and prints what it shows', async () => {
  const [, command = '', shown = ''] = quickStart.exec(readFileSync(page, 'utf8')) ?? [];
  const { exitCode, stdout } = await runLoad(command.split(' '));
  expect(exitCode, stdout).toBe(0);
  expect(shapeOf(shown)).toEqual(shapeOf(stdout));
  expect(shown).toContain('| load: own delay, ms ');
  for (const line of [/publications +\| +1,000 of 1,000/, /lost +\| +0 of 100,000/]) {
    expect(shown).toMatch(line);
    expect(stdout).toMatch(line);
  }
}, 30_000);

it('tells the version of the package', async () => {
  const { exitCode, stdout } = await runLoad(['--version']);
  const { version } = JSON.parse(readFileSync(new URL('package.json', page), 'utf8'));
  expect([exitCode, stdout]).toEqual([0, `${version}\n`]);
});

it('says how many are sent', async () => {
  const { stdout } = await runLoad(['announcement', '--help']);
  const help = stdout.replaceAll(/\s+/g, ' ');
  expect(help).toContain('every 5 s, 6 in all');
  expect(help).toContain('rate × duration are sent, at least 1');
});

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
