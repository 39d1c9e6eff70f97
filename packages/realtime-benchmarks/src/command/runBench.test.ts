import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Part, StartPart } from '@roomcast/realtime-processes';
import { describe, expect, it } from 'vitest';
import type { Benchmark, BenchmarkContext, BenchmarkResult } from '../benchmark.ts';
import { runBench } from './runBench.ts';

const missed: BenchmarkResult = {
  table: [
    ['', 'ms'],
    ['Roomcast', '30'],
    ['Socket.IO', '20'],
  ],
  figures: { oursMs: 30, stockMs: 20 },
  ratios: { stock: 1.5, bun: null },
  targets: { stock: 0.5, bun: 1.3 },
  passed: false,
};

/** Runs the command with a benchmark that starts a part and ends as it is told to. */
async function run(
  args: readonly string[],
  outcome: () => BenchmarkResult = () => missed,
  folder = 'file:///nowhere/',
) {
  const asked: BenchmarkContext[] = [];
  const fanout: Benchmark = {
    ...{ name: 'fanout', summary: 'One room, many subscribers' },
    async run(context) {
      asked.push(context);
      await context.startPart(new URL('file:///server.ts'));
      context.progress('round 1');
      return outcome();
    },
  };
  const printed = { stdout: '', stderr: '' };
  const output = (name: keyof typeof printed) => ({
    write(text: string) {
      printed[name] += text;
    },
  });
  let stopped = 0;
  const stop = async () => {
    stopped += 1;
  };
  const startPart: StartPart = async <P extends Part>() =>
    ({
      ...{ calls: {} as never as P, stop, [Symbol.asyncDispose]: stop },
    }) as never;
  const exitCode = await runBench(args, [fanout], {
    ...{ stdout: output('stdout'), stderr: output('stderr'), startPart },
    bun: { executable: '/opt/bun', version: '1.2.3' },
    results: {
      directory: new URL('results/', folder),
      page: new URL('PAGE.md', folder),
      scaling: null,
    },
  });
  return { exitCode, asked, stopped, ...printed };
}

describe('pnpm bench', () => {
  it.each([[[]], [['--help']], [['fanout', '-h']]])('lists what there is for %j', async (args) => {
    const { exitCode, stdout, asked } = await run(args);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('  fanout  One room, many subscribers\n');
    expect(asked).toEqual([]);
  });

  it.each([
    [['fannout'], 'There is no benchmark "fannout".'],
    [['fanout', 'burst'], 'Expected one benchmark, got "fanout burst".'],
    [['fanout', '--smoke', '--write'], 'no figures to keep'],
    [['fanout', '--pages'], 'measures nothing'],
    [['fanout', '--fast'], "Unknown option '--fast'"],
  ])('refuses %j with exit code 2, the reason and the list', async (args, reason) => {
    const { exitCode, stderr, asked } = await run(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).toContain('  fanout  One room, many subscribers');
    expect(asked).toEqual([]);
  });

  it('prints the table, and the result as JSON in the last line', async () => {
    const { stdout, stderr, asked } = await run(['fanout', '--smoke']);
    expect(asked).toMatchObject([{ isSmoke: true, bun: '/opt/bun' }]);
    expect(stdout).toContain('| Roomcast  | 30 |');
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    const { table: _, ...rest } = missed;
    expect(last).toEqual({ bench: 'fanout', ...rest });
    expect(stderr).toBe('round 1\n');
  });

  it('exits with 0 whatever the ratios are, and stops what it started', async () => {
    const { exitCode, stopped } = await run(['fanout']);
    expect([exitCode, stopped]).toEqual([0, 1]);
  });

  it('exits with 1 where it could not measure, and stops what it started', async () => {
    const { exitCode, stopped, stdout, stderr } = await run(['fanout'], () => {
      throw new Error('no port');
    });
    expect([exitCode, stopped]).toEqual([1, 1]);
    expect(stderr).toContain('Could not measure fanout: Error: no port');
    expect(stdout).not.toContain('{');
  });

  it('keeps the result, and writes the page of all results anew', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    const directory = `${pathToFileURL(folder)}/`;
    await run(['fanout', '--write'], undefined, directory);
    await run(['fanout', '--write'], () => ({ ...missed, passed: true }), directory);
    const record = JSON.parse(await readFile(join(folder, 'results', 'fanout.json'), 'utf8'));
    const page = await readFile(join(folder, 'PAGE.md'), 'utf8');
    await writeFile(join(folder, 'PAGE.md'), 'out of step');
    const { exitCode, asked } = await run(['--pages'], undefined, directory);
    expect([exitCode, asked]).toEqual([0, []]);
    expect(await readFile(join(folder, 'PAGE.md'), 'utf8')).toBe(page);
    await rm(folder, { recursive: true });
    const anyText = expect.any(String);
    expect(record).toMatchObject({
      ...{ bench: 'fanout', summary: 'One room, many subscribers', ...missed, passed: true },
      ...{ date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), machine: anyText },
      versions: { Node: process.versions.node, 'Socket.IO': anyText, ws: anyText, Bun: '1.2.3' },
    });
    expect(page).toMatch(/\| fanout +\| +stock \| +1\.50 \| +0\.5 \| +yes \|/);
    expect(page).toMatch(/\| fanout +\| +bun \| +not measured \| +1\.3 \|/);
    expect(page).toContain(`${record.machine}; Node ${process.versions.node}, Socket.IO 4.`);
    expect(page).toContain('## fanout\n\nOne room, many subscribers. Measured on ');
    expect(page).toContain(', Bun 1.2.3');
    expect(page).toContain('.\n\n|           | ms |');
  });
});
