import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Scenario, ScenarioContext, ScenarioResult } from '../scenario.ts';
import { runChaos } from './runChaos.ts';

const allPassed: ScenarioResult = { passed: 3, failures: [], figures: { gaps: 2 } };

/** Runs the command with a scenario that records what it is asked for. */
async function run(
  args: readonly string[],
  outcome: (context: ScenarioContext) => ScenarioResult = () => allPassed,
  folder = new URL('file:///nowhere/'),
  interrupted = new AbortController(),
) {
  const asked: ScenarioContext[] = [];
  const storm: Scenario = {
    ...{ name: 'storm', summary: 'Everything breaks.', smokeScale: 0.1, seeds: 2 },
    async run(context) {
      asked.push(context);
      return outcome(context);
    },
    peers: {
      async other(context) {
        asked.push(context);
        return { ...allPassed, failures: [{ message: 'lost' }] };
      },
    },
  };
  const printed = { stdout: '', stderr: '' };
  const output = (name: keyof typeof printed) => ({
    write(text: string) {
      printed[name] += text;
    },
  });
  const exitCode = await runChaos(args, [storm, { ...storm, name: 'net', smokeSeeds: 1 }], {
    ...{ stdout: output('stdout'), stderr: output('stderr'), signal: interrupted.signal },
    results: { directory: new URL('results/', folder), page: new URL('PAGE.md', folder) },
  });
  return { exitCode, asked, ...printed };
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1);
}

describe('pnpm chaos', () => {
  it.each([[[]], [['--help']], [['storm', '-h']]])('lists what there is for %j', async (args) => {
    const { exitCode, stdout, asked } = await run(args);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('  storm  Everything breaks.\n  net    Everything breaks.\n');
    expect(asked).toEqual([]);
  });

  it.each([
    [['strom'], 'There is no scenario "strom".'],
    [['storm', 'net'], 'Expected one scenario, got "storm net".'],
    [['storm', '--seed', '-1'], '--seed'],
    [['storm', '--seed', '1.5'], 'whole number from 0 to 2147483647, got `1.5`'],
    [['storm', '--seed', '2147483648'], 'whole number'],
    [['storm', '--scale', '0'], 'Expected `--scale` to be a positive number, got `0`.'],
    [['storm', '--scale', 'Infinity'], 'positive number'],
    [['storm', '--smoke', '--scale', '2'], 'leave out `--scale` or `--smoke`'],
    [['storm', '--smoke', '--write'], 'leave out `--write`'],
    [['storm', '--path', '1:2'], 'only with the seed'],
    [['storm', '--seed', '1', '--seeds', '2'], 'Leave out `--seed` or `--seeds`.'],
    [['storm', '--seeds', 'two'], 'Expected `--seeds` to be a whole number'],
    [['storm', '--peer', 'ably'], 'to be one of: other; got `ably`'],
    [['storm', '--sead', '1'], "Unknown option '--sead'"],
  ])('refuses %j with exit code 2, the reason and the list', async (args, reason) => {
    const { exitCode, stderr, asked } = await run(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).toContain('  storm  Everything breaks.');
    expect(asked).toEqual([]);
  });

  it('hands on seed, scale and path, and prints the seed before anything happens', async () => {
    const args = ['storm', '--seed', '7', '--scale', '0.5', '--path', '1:2'];
    const { exitCode, stdout, asked } = await run(args);
    expect(exitCode).toBe(0);
    expect(asked).toMatchObject([{ seed: 7, scale: 0.5, path: '1:2' }]);
    expect(stdout).toMatch(/^storm: seed 7, scale 0.5\n {2}gaps: 2\n/);
    expect(lastLine(stdout)).toBe('3 passed, 0 failed');
  });

  it('picks a random seed at full scale when it is told nothing', async () => {
    const seeds = await Promise.all([run(['storm']), run(['storm'])]);
    const [first, second] = seeds.map(({ asked: [context] }) => context);
    expect(first).toMatchObject({ scale: 1, path: null });
    expect(first?.seed).not.toBe(second?.seed);
  });

  it('runs a fixed and a random seed for a smoke run, and adds them up', async () => {
    const { asked, stdout } = await run(['storm', '--smoke']);
    expect(asked.map(({ scale }) => scale)).toEqual([0.1, 0.1]);
    expect(asked[0]?.seed).toBe(1);
    expect(stdout).toContain(`storm: seed ${asked[1]?.seed}, scale 0.1\n`);
    expect(lastLine(stdout)).toBe('6 passed, 0 failed');
  });

  it('runs a random seed alone where chance decides little', async () => {
    const { asked } = await run(['net', '--smoke']);
    expect(asked.map(({ scale }) => scale)).toEqual([0.1]);
    expect(asked[0]?.seed).not.toBe(1);
  });

  it('fails where anything did, with how to see it again', async () => {
    const failures = Array.from({ length: 7 }, (_, index) => ({ message: `lost ${index}` }));
    const { exitCode, stdout } = await run(['storm', '--smoke', '--seed', '5'], () => ({
      ...allPassed,
      failures: [{ message: 'doubled', path: '0/3' }, ...failures],
    }));
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      'FAILED: doubled\nReplay: pnpm chaos storm --seed 5 --smoke --path 0/3\n',
    );
    expect(stdout).toContain('FAILED: lost 0\nReplay: pnpm chaos storm --seed 5 --smoke\n');
    expect(stdout).toContain('and 3 more failed');
    expect(lastLine(stdout)).toBe('3 passed, 8 failed');
  });

  it('fails where a scenario could not run, and where nothing ran', async () => {
    const broken = await run(['storm', '--seed', '5'], () => {
      throw new Error('no port');
    });
    expect(broken.exitCode).toBe(1);
    expect(broken.stdout).toMatch(/FAILED: Error: no port(.|\n)*--seed 5 --scale 1\n/);
    expect(lastLine(broken.stdout)).toBe('0 passed, 1 failed');
    const empty = await run(['storm'], () => ({ ...allPassed, passed: 0 }));
    expect(empty.exitCode).toBe(1);
  });

  it('ends with what it has, and exit code 130, when the user ends it', async () => {
    const interrupted = new AbortController();
    const end = () => {
      interrupted.abort();
      return allPassed;
    };
    const { exitCode, stdout, asked } = await run(
      ['storm', '--smoke'],
      end,
      undefined,
      interrupted,
    );
    expect(exitCode).toBe(130);
    expect(asked).toHaveLength(1);
    expect(lastLine(stdout)).toBe('3 passed, 0 failed');
  });

  it('runs with as many seeds as it is told', async () => {
    const { asked } = await run(['storm', '--seeds', '3']);
    expect(new Set(asked.map(({ seed }) => seed)).size).toBe(3);
  });

  it('counts what somebody else misses, and does not fail', async () => {
    const { exitCode, stdout } = await run(['storm', '--peer', 'other', '--seed', '7']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('storm of other: seed 7');
    expect(stdout).toContain('Replay: pnpm chaos storm --seed 7 --scale 1 --peer other\n');
    expect(lastLine(stdout)).toBe('3 passed, 1 failed');
  });

  it('keeps results where it is asked to, and makes a page of them', async () => {
    const path = await mkdtemp(join(tmpdir(), 'chaos-'));
    const folder = pathToFileURL(`${path}/`);
    const { asked } = await run(['storm', '--write'], undefined, folder);
    await run(['storm', '--peer', 'other', '--write'], undefined, folder);
    const record = JSON.parse(await readFile(new URL('results/storm.json', folder), 'utf8'));
    const page = await readFile(new URL('PAGE.md', folder), 'utf8');
    const files = await readdir(new URL('results/', folder));
    await rm(path, { recursive: true });
    const [first, second] = asked.map(({ seed }) => seed);
    const result = { passed: 3, failed: 0, figures: { gaps: 2 } };
    expect(record).toEqual({
      ...{ scenario: 'storm', summary: 'Everything breaks.', peer: null, scale: 1 },
      runs: [
        { seed: first, ...result },
        { seed: second, ...result },
      ],
      ...{ date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), node: process.versions.node },
      cpus: expect.any(Number),
    });
    expect(files).toEqual(['storm.json', 'storm.other.json']);
    expect(page).toMatch(/\| storm +\| +2 \| +1 \| +6 \| +0 \|/);
    expect(page).toContain(`seeds ${first}, ${second}`);
    expect(page).toContain('gaps 4.');
  });
});
