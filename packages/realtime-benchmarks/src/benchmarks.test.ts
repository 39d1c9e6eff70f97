import { describe, expect, it } from 'vitest';
import { benchmarks } from './benchmarks.ts';
import { runBench } from './command/runBench.ts';
import type { Part, PartModule, StartPart } from './process/part.ts';
import { startProcess } from './process/startProcess.ts';

/** Parts in this process, so that what they run counts as tested. */
const startHere: StartPart = async <P extends Part>(module: URL) => {
  const { createPart }: PartModule<P> = await import(module.href);
  const part = createPart();
  const stop = async () => {
    await part.close?.(undefined as never);
  };
  return { calls: part as never, stop, [Symbol.asyncDispose]: stop };
};

async function smoke(name: string, startPart: StartPart) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runBench([name, '--smoke'], benchmarks, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    startPart,
    resultsDirectory: new URL('file:///nowhere/'),
  });
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

describe.each([
  ['in one process', startHere],
  ['in processes of their own', startProcess],
] as const)('a small run %s', (_, startPart) => {
  it('of connect has every client let in, ours in one round trip and stock in four', async () => {
    const { bench, figures, ratios } = await smoke('connect', startPart);
    expect(bench).toBe('connect');
    expect(ratios.stock).toBeGreaterThan(0);
    expect(figures).toMatchObject({ clients: 20, rounds: 1, oursRoundTrips: 1 });
    expect(figures).toMatchObject({ stockRoundTrips: 4, stockAtOnceRoundTrips: 2 });
  });

  it('of resume has every client back with what it missed, whatever is kept', async () => {
    const { bench, figures, ratios } = await smoke('resume', startPart);
    expect(bench).toBe('resume');
    expect(Object.keys(ratios)).toEqual(['stock, 200 kept', 'stock, 400 kept', 'ours, 200 kept']);
    expect(figures).toMatchObject({ clients: 10, missed: 20, maxBlockMs: 50 });
    expect(figures.ours400KeptWallMs).toBeGreaterThan(0);
  });

  it('of react has every event heard, and fewer fetches than a naive bridge', async () => {
    const { bench, figures, ratios } = await smoke('react', startPart);
    expect(bench).toBe('react');
    expect(figures).toMatchObject({ events: 50, rounds: 1, oursMissed: 0, naiveMissed: 0 });
    expect(ratios['naive, fetches']).toBeLessThan(1);
  });
});
